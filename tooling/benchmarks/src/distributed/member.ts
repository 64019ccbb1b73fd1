import { type ChildProcess, spawn } from 'node:child_process';
import { createRequire } from 'node:module';
import { createInterface } from 'node:readline';
import { fileURLToPath, pathToFileURL } from 'node:url';

const repository = fileURLToPath(new URL('../../../../', import.meta.url));
const tsx = pathToFileURL(createRequire(import.meta.url).resolve('tsx')).href;

export interface MemberEnd {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
}

/** A command-line process that leads its own process group, as if on its own machine. */
export class Member {
  readonly child: ChildProcess;
  readonly ended: Promise<MemberEnd>;
  readonly said: string[] = [];
  readonly #hearers: ((line: string) => void)[] = [];

  /** @param root the checkout whose command line it runs */
  constructor(args: readonly string[], environment: NodeJS.ProcessEnv = process.env, root: string = repository) {
    const flags = ['--conditions=@balanced-rec/source', '--import', tsx, `${root}/packages/balanced-rec/src/cli.ts`];
    this.child = spawn(process.execPath, [...flags, ...args], {
      cwd: root,
      detached: true,
      env: environment,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    for (const stream of [this.child.stdout!, this.child.stderr!])
      createInterface(stream).on('line', (line) => {
        this.said.push(line);
        for (const hear of this.#hearers) hear(line);
      });
    this.ended = new Promise((resolve, reject) => {
      this.child.once('error', reject);
      this.child.once('close', (code, signal) => resolve({ code, signal }));
    });
  }

  get isRunning(): boolean {
    return this.child.exitCode === null && this.child.signalCode === null;
  }

  onLine(hear: (line: string) => void): this {
    this.#hearers.push(hear);
    return this;
  }

  /** Signals the process and everything it started. */
  signal(signal: NodeJS.Signals): void {
    if (this.isRunning) process.kill(-this.child.pid!, signal);
  }

  async kill(signal: NodeJS.Signals = 'SIGKILL'): Promise<MemberEnd> {
    this.signal(signal);
    return this.ended;
  }

  /** The runs a worker reports as in progress. */
  get runsInHand(): string[] {
    const inHand = new Set<string>();
    for (const line of this.said) {
      const [, what, id] = /^(start|done|stopped|FAILED) +(\S+)$/.exec(line) ?? [];
      if (what === 'start') inHand.add(id!);
      else if (what !== undefined) inHand.delete(id!);
    }
    return [...inHand];
  }
}
