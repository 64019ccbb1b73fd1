import { once } from 'node:events';
import { connect, createServer, type Server, type Socket } from 'node:net';
import Parser from 'redis-parser';

/** Returns the error to answer a command with, such as `OOM command not allowed`; undefined to pass the command on. */
export type Refuse = (command: string) => string | undefined;

/** Stands between clients and a Redis, and answers some commands with an error instead of passing them on. */
export class RefusingProxy {
  readonly port: number;
  readonly #server: Server;
  readonly #sockets: Set<Socket>;

  private constructor(server: Server, sockets: Set<Socket>) {
    this.port = (server.address() as { readonly port: number }).port;
    this.#server = server;
    this.#sockets = sockets;
  }

  /** @param port the Redis on this machine */
  static async start(port: number, refuse: Refuse): Promise<RefusingProxy> {
    const sockets = new Set<Socket>();
    const server = createServer((client) => {
      const redis = connect(port, '127.0.0.1');
      for (const [socket, other] of [
        [client, redis],
        [redis, client],
      ] as const) {
        sockets.add(socket);
        socket.on('error', () => {});
        socket.on('close', () => {
          sockets.delete(socket);
          other.destroy();
        });
      }
      new Conversation(client, redis, refuse);
    }).listen(0, '127.0.0.1');
    await once(server, 'listening');
    return new RefusingProxy(server, sockets);
  }

  get url(): string {
    return `redis://127.0.0.1:${this.port}/0`;
  }

  stop(): void {
    this.#server.close();
    for (const socket of this.#sockets) socket.destroy();
  }
}

/** One connection. A command is passed on once the one before it is answered, so that replies keep their order. */
class Conversation {
  readonly #client: Socket;
  readonly #redis: Socket;
  readonly #refuse: Refuse;
  readonly #commands: Buffer[][] = [];
  #isWaiting = false;
  /** Whether a command was refused since MULTI: Redis does not execute such a transaction. */
  #isSpoilt = false;
  /** Whether the next answer is to a command of this proxy. */
  #isSwallowing = false;

  constructor(client: Socket, redis: Socket, refuse: Refuse) {
    this.#client = client;
    this.#redis = redis;
    this.#refuse = refuse;
    const requests = new Parser({
      returnReply: (command) => this.#commands.push(command as Buffer[]),
      returnError: () => client.destroy(),
      returnBuffers: true,
    });
    const answered = () => {
      this.#isWaiting = false;
    };
    const replies = new Parser({ returnReply: answered, returnError: answered });
    client.on('data', (bytes) => {
      requests.execute(bytes);
      this.#passOn();
    });
    redis.on('data', (bytes) => {
      if (!this.#isSwallowing) client.write(bytes);
      this.#isSwallowing = false;
      replies.execute(bytes);
      this.#passOn();
    });
  }

  #passOn(): void {
    while (!this.#isWaiting && this.#commands.length > 0) this.#handle(this.#commands.shift()!);
  }

  #handle(command: readonly Buffer[]): void {
    const name = command[0]!.toString().toLowerCase();
    if (name === 'multi') this.#isSpoilt = false;
    const error = name === 'multi' ? undefined : this.#refuse(name);
    // Redis keeps a transaction open until it is executed or discarded.
    if (name === 'exec' && (error !== undefined || this.#isSpoilt)) {
      this.#isSwallowing = true;
      this.#send([Buffer.from('discard')]);
      this.#client.write(
        `-EXECABORT Transaction discarded because of${error ? `: ${error}` : ' previous errors.'}\r\n`,
      );
    } else if (error === undefined) this.#send(command);
    else {
      this.#isSpoilt = true;
      this.#client.write(`-${error}\r\n`);
    }
  }

  #send(command: readonly Buffer[]): void {
    this.#isWaiting = true;
    this.#redis.write(`*${command.length}\r\n`);
    for (const part of command)
      this.#redis.write(Buffer.concat([Buffer.from(`$${part.length}\r\n`), part, Buffer.from('\r\n')]));
  }
}
