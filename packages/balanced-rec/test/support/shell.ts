import { spawn } from 'node:child_process';
import { type CliResult, cliCommand } from './cli.js';

/**
 * Runs the command line inside a shell line, in which `cli` stands for it: `cli check DIR | head -c 1`.
 * The exit code is that of the first failing command.
 */
export async function runInShell(line: string): Promise<CliResult> {
  const quoted = cliCommand.map((word) => `'${word}'`).join(' ');
  const child = spawn('bash', ['-o', 'pipefail', '-c', `cli() { ${quoted} "$@"; }; ${line}`], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const text = { stdout: '', stderr: '' };
  for (const name of ['stdout', 'stderr'] as const)
    child[name].setEncoding('utf8').on('data', (chunk: string) => {
      text[name] += chunk;
    });
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code, signal) => resolve({ code, signal, ...text }));
  });
}
