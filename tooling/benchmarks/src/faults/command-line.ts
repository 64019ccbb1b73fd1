import { type ChildProcess, spawn } from 'node:child_process';
import { createRequire } from 'node:module';
import { fileURLToPath, pathToFileURL } from 'node:url';

const tsx = pathToFileURL(createRequire(import.meta.url).resolve('tsx')).href;
const cli = fileURLToPath(new URL('../../../../packages/balanced-rec/src/cli.ts', import.meta.url));

export interface CommandResult {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface RunningCommand {
  readonly child: ChildProcess;
  readonly ended: Promise<CommandResult>;
  /** Its stderr so far. */
  said(): string;
}

export interface CommandOptions {
  readonly cwd?: string;
  /** Modules to load before the command, and before each process of a run. */
  readonly preload?: readonly string[];
  /** A command to run it under: `['strace', '-f']`. */
  readonly under?: readonly string[];
}

/** Starts the real `balanced-rec` from source. */
export function startCommand(
  args: readonly string[],
  { cwd, preload = [], under = [] }: CommandOptions = {},
): RunningCommand {
  const imports = [tsx, ...preload].map((module) => `--import=${module}`);
  const line = [...under, process.execPath, '--conditions=@balanced-rec/source', ...imports, cli, ...args];
  const child = spawn(line[0]!, line.slice(1), {
    ...(cwd ? { cwd } : {}),
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const text = { stdout: '', stderr: '' };
  for (const name of ['stdout', 'stderr'] as const)
    child[name].setEncoding('utf8').on('data', (chunk: string) => {
      text[name] += chunk;
    });
  const ended = new Promise<CommandResult>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code, signal) => resolve({ code, signal, ...text }));
  });
  return { child, ended, said: () => text.stderr };
}

export function runCommand(args: readonly string[], options?: CommandOptions): Promise<CommandResult> {
  return startCommand(args, options).ended;
}

/** @throws Error if the command fails */
export async function runWell(args: readonly string[], options?: CommandOptions): Promise<CommandResult> {
  const result = await runCommand(args, options);
  if (result.code !== 0) throw new Error(`${args[0]} failed: ${result.stderr.slice(-600)}`);
  return result;
}

/** The code of the single error a command ended with. @throws Error if it ended in any other way */
export function oneErrorOf({ code, signal, stderr }: CommandResult): string {
  const errors = [...stderr.matchAll(/^error (\S+)$/gm)].map(([, name]) => name!);
  if (code !== 1 || errors.length !== 1 || /^ {4}at /m.test(stderr) || /^FAILED/m.test(stderr))
    throw new Error(`expected a single error, found ${code ?? signal}: ${stderr.slice(-600)}`);
  return errors[0]!;
}
