import { type ChildProcess, spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { expect } from 'vitest';

export const repository = fileURLToPath(new URL('../../../../', import.meta.url));

/** How to start the command line, as it is installed: the setup of these tests has built it. */
export const cliCommand = [
  process.execPath,
  fileURLToPath(new URL('../../bin/balanced-rec.js', import.meta.url)),
] as const;

export interface CliResult {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface CliProcess {
  readonly child: ChildProcess;
  readonly ended: Promise<CliResult>;
  /** Its stderr output so far. */
  said(): string;
  /** Its stdout output so far. */
  heard(): string;
}

/** Groups that still run: a test that fails must not leave a comparison behind that never ends. */
const running = new Set<number>();
process.once('exit', () => {
  for (const group of running) process.kill(-group, 'SIGKILL');
});

/** Starts the real command line as the leader of its own process group. */
export function startCli(args: readonly string[], cwd: string = repository): CliProcess {
  return startCommand([...cliCommand, ...args], cwd);
}

/** Starts a command as the leader of its own process group. */
export function startCommand(
  [name, ...args]: readonly string[],
  cwd: string = repository,
  env = process.env,
): CliProcess {
  const child = spawn(name!, args, { cwd, env, detached: true, stdio: ['ignore', 'pipe', 'pipe'] });
  if (child.pid !== undefined) running.add(child.pid);
  const text = { stdout: '', stderr: '' };
  for (const stream of ['stdout', 'stderr'] as const)
    child[stream].setEncoding('utf8').on('data', (chunk: string) => {
      text[stream] += chunk;
    });
  const ended = new Promise<CliResult>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code, signal) => {
      running.delete(child.pid!);
      resolve({ code, signal, ...text });
    });
  });
  return { child, ended, said: () => text.stderr, heard: () => text.stdout };
}

/** Runs the real command line to its end. */
export function runCli(args: readonly string[], cwd?: string): Promise<CliResult> {
  return startCli(args, cwd).ended;
}

/** Runs the command line and expects it to succeed. */
export async function runWell(args: readonly string[], cwd?: string): Promise<CliResult> {
  const result = await runCli(args, cwd);
  expect(result.code, result.stderr).toBe(0);
  return result;
}

export interface ErrorParts {
  readonly code: string;
  /** Part of what precedes the message. */
  readonly place: string | RegExp;
  readonly expected: string | RegExp;
  readonly found: string | RegExp;
  readonly remedy: string | RegExp;
}

/** Expects a failure with exactly one error that has all its parts, at the end of stderr. */
export function expectOneError({ code, stderr, signal }: CliResult, parts: ErrorParts): void {
  const report = /^error (\S+)\n(.*?): .*\n {2}expected: (.*)\n {2}found: {4}(.*)\n {2}remedy: {3}(.*)\n$/m.exec(
    stderr,
  );
  expect(report, `exit ${code ?? signal}, stderr:\n${stderr}`).not.toBeNull();
  expect(stderr.match(/^error /gm), stderr).toHaveLength(1);
  expect(stderr.endsWith(report![0]), stderr).toBe(true);
  const [, errorCode, ...said] = report!;
  expect(errorCode, stderr).toBe(parts.code);
  // The place may itself contain a colon and a space, so the whole line is searched for it.
  const line = stderr.slice(stderr.indexOf('\n', report!.index) + 1).split('\n')[0]!;
  const found = { place: line, expected: said[1], found: said[2], remedy: said[3] };
  for (const [name, text] of Object.entries(found))
    expect(text, `${name} of\n${stderr}`).toMatch(parts[name as keyof typeof found]);
  expect(code, stderr).toBe(1);
}
