import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync } from 'node:fs';
import { createServer } from 'node:net';

/** Whether redis-server is installed (Debian package: redis-server). */
export function hasRedis(): boolean {
  try {
    execFileSync('redis-server', ['--version'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}

/** A separate redis-server on a free port. It can be killed and started again. */
export class RedisProcess {
  readonly port: number;
  readonly #folder: string;
  readonly #options: readonly string[];
  #child: ChildProcess | undefined;

  private constructor(port: number, folder: string, options: readonly string[]) {
    this.port = port;
    this.#folder = folder;
    this.#options = options;
  }

  /**
   * @param folder where the server keeps its append-only log of every write
   * @param options more options of redis-server
   */
  static async start(folder: string, options: readonly string[] = []): Promise<RedisProcess> {
    mkdirSync(folder, { recursive: true });
    const redis = new RedisProcess(await freePort(), folder, options);
    await redis.start();
    return redis;
  }

  get url(): string {
    return `redis://127.0.0.1:${this.port}/0`;
  }

  /** Starts the server with the data persisted in its folder. */
  async start(): Promise<void> {
    const listens = ['--port', String(this.port), '--bind', '127.0.0.1'];
    const persists = ['--dir', this.#folder, '--appendonly', 'yes', '--save', ''];
    this.#child = spawn('redis-server', [...listens, ...persists, ...this.#options], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const ended = once(this.#child, 'exit').then(() => 'ended');
    const answers = (async () => {
      for await (const text of this.#child!.stdout!.setEncoding('utf8'))
        if (/Ready to accept connections/.test(text)) return 'ready';
      return 'ended';
    })();
    if ((await Promise.race([answers, ended])) === 'ended') throw new Error('redis-server exited before it was ready');
    this.#child.stdout!.resume();
  }

  /** Kills the server, by default with SIGKILL (`kill -9`), and waits for it to exit. */
  async kill(signal: 'SIGKILL' | 'SIGTERM' = 'SIGKILL'): Promise<void> {
    const child = this.#child;
    if (!child || child.exitCode !== null || child.signalCode !== null) return;
    const ended = once(child, 'exit');
    child.kill(signal);
    await ended;
  }

  /** Every key the server holds. */
  keys(): string[] {
    return this.ask('keys', '*');
  }

  /** The number of connected clients, not counting the one that asks. */
  clients(): number {
    return this.ask('client', 'list').length - 1;
  }

  /** Sends a command that does not end, and does not wait for it; it ends with the server. */
  begin(...command: string[]): void {
    spawn('redis-cli', ['-p', String(this.port), ...command], { stdio: 'ignore' });
  }

  /** Sends a command, whatever the state of the server, and returns the lines of its answer. */
  ask(...command: string[]): string[] {
    const text = execFileSync('redis-cli', ['-p', String(this.port), ...command], { encoding: 'utf8' });
    return text.split('\n').filter((line) => line !== '');
  }
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as { readonly port: number };
  server.close();
  await once(server, 'close');
  return port;
}
