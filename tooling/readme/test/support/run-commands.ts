import { execFile, spawnSync } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import { root } from '../../src/documents.js';
import { shellCommands } from '../../src/markdown.js';

const { packageManager } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));

const scratch = mkdtempSync(join(tmpdir(), 'readme-'));
// Not after all tests of a file: several files may share this process.
process.once('exit', () => rmSync(scratch, { recursive: true, force: true }));

/** Appended to commands to save time: they only reduce repetitions. */
const shorter: Readonly<Record<string, string>> = { 'pnpm bench ': ' --repeats 1' };

/** On a machine that has npm alone: the pinned pnpm under its plain name. `npm test` has put it on the path already. */
const bin = join(scratch, 'bin');
mkdirSync(bin);
if (spawnSync('pnpm', ['--version']).status !== 0) {
  writeFileSync(join(bin, 'pnpm'), `#!/bin/sh\nexec npx --yes ${packageManager} "$@"\n`);
  chmodSync(join(bin, 'pnpm'), 0o755);
}

export interface Outcome {
  /** The error message if the command failed. */
  readonly failure: string | undefined;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs a README command as written, except that its outputs go to a temporary folder. */
export function runCommand(command: string): Promise<Outcome> {
  const suffix = Object.entries(shorter).find(([start]) => command.startsWith(start))?.[1] ?? '';
  const text = command.replaceAll(' runs/', ` ${scratch}/runs/`) + suffix;
  const env = { ...process.env, PATH: [bin, dirname(process.execPath), process.env.PATH].join(delimiter) };
  return new Promise((resolve) => {
    const child = execFile('sh', ['-c', text], { cwd: root, env, maxBuffer: 2 ** 26 }, (error, stdout, stderr) =>
      resolve({ failure: error?.message, stdout, stderr }),
    );
    child.stdin?.end();
  });
}

/** The first `../shared/...` path in a command that does not exist: data that cannot be redistributed. */
function missingData(command: string): string | undefined {
  return command.match(/\.\.\/shared\S*/g)?.find((path) => !existsSync(join(root, path)));
}

/** The commands of a document. */
export const commandsOf = (path: string) => shellCommands(readFileSync(join(root, path), 'utf8'));

/** Declares a test for each command of a document, in order, except for those to skip. */
export function runsItsCommands(path: string, isSkipped: (command: string) => boolean): void {
  for (const command of commandsOf(path).filter((command) => !isSkipped(command))) {
    const missing = missingData(command);
    if (missing) console.warn(`SKIPPED: ${command}: no ${missing} here`);
    test.skipIf(missing)(command, async () => {
      const { failure, stdout, stderr } = await runCommand(command);
      expect(failure, `${stdout}\n${stderr}`).toBeUndefined();
    });
  }
}
