import { spawn } from 'node:child_process';

export interface Program {
  readonly command: readonly [string, ...string[]];
  readonly cwd: string;
  readonly env: NodeJS.ProcessEnv;
}

export interface Finished {
  /** Everything it wrote to stdout and stderr, in order of arrival. */
  readonly output: string;
  readonly seconds: number;
}

/**
 * Runs a program until it exits.
 * @throws Error with the end of its output, if it fails
 */
export function runProgram({ command: [program, ...args], cwd, env }: Program): Promise<Finished> {
  const start = performance.now();
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, { cwd, env, stdio: ['ignore', 'pipe', 'pipe'] });
    let output = '';
    const hear = (chunk: string) => {
      output += chunk;
    };
    child.stdout.setEncoding('utf8').on('data', hear);
    child.stderr.setEncoding('utf8').on('data', hear);
    child.once('error', reject);
    child.once('close', (status, signal) => {
      if (status === 0) resolve({ output, seconds: (performance.now() - start) / 1000 });
      else
        reject(
          new Error(`${[program, ...args].join(' ')} in ${cwd}: ${signal ?? `exit ${status}`}\n${readable(output)}`),
        );
    });
  });
}

/** The end of the output, with overlong lines cut. */
function readable(output: string): string {
  const lines = output.split('\n').map((line) => (line.length > 500 ? `${line.slice(0, 500)} ...` : line));
  return lines.slice(-100).join('\n');
}
