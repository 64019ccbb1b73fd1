import { connect } from 'node:net';

/** Sends bytes over a socket, `after` so many milliseconds, and gives all that comes back until the service closes it, or `seconds` are over. */
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
    // A service that has refused a body closes while it is still being sent.
    socket.on('error', () => {});
    socket.on('close', () => {
      clearTimeout(timer);
      resolve(answer);
    });
  });
}
