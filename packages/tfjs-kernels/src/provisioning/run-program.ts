import { spawn } from 'node:child_process';

export interface ProgramResult {
  readonly ok: boolean;
  /** How it ended if not ok: an exit code, a signal, or why it could not be started. */
  readonly ended: string;
  /** Its output on both streams. */
  readonly output: string;
}

export interface ProgramOptions {
  readonly cwd?: string;
  readonly env?: NodeJS.ProcessEnv;
  /** Milliseconds after which it is killed. */
  readonly timeout?: number;
}

/** Runs a program without input until it ends, and collects its output. Does not throw. */
export function runProgram(
  command: string,
  args: readonly string[],
  { cwd, env, timeout }: ProgramOptions = {},
): Promise<ProgramResult> {
  return new Promise((resolve) => {
    const child = spawn(command, args, { cwd, env, timeout, stdio: ['ignore', 'pipe', 'pipe'] });
    let output = '';
    for (const stream of [child.stdout, child.stderr])
      stream.setEncoding('utf8').on('data', (text: string) => {
        output += text;
      });
    child.once('error', (error) => resolve({ ok: false, ended: error.message, output }));
    child.once('close', (code, signal) =>
      resolve({ ok: code === 0, ended: signal === null ? `exit code ${code}` : `ended by ${signal}`, output }),
    );
  });
}

/** The last lines of a program's output, which usually say what went wrong. */
export function lastLines(output: string, count = 12): string {
  return output.trimEnd().split('\n').slice(-count).join('\n');
}
