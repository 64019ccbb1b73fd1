import { connect } from 'node:net';

/**
 * Sends bytes over a socket, after a delay of `after` milliseconds, and returns everything received until the service closes
 * the connection or `seconds` have passed.
 */
export function rawRequest(
  url: string,
  pieces: readonly (string | Uint8Array)[],
  seconds = 8,
  after = 0,
): Promise<string> {
  const { hostname, port } = new URL(url);
  return new Promise((resolve) => {
    let answer = '';
    const socket = connect(Number(port), hostname, () => {
      setTimeout(() => {
        for (const piece of pieces) socket.write(piece);
      }, after);
    });
    const timer = setTimeout(() => socket.destroy(), 1000 * seconds);
    socket.setEncoding('latin1').on('data', (text: string) => {
      answer += text;
    });
    // A service that refuses a body closes the connection while the body is still being sent.
    socket.on('error', () => {});
    socket.on('close', () => {
      clearTimeout(timer);
      resolve(answer);
    });
  });
}
