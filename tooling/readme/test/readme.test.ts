import { execFile, spawnSync } from 'node:child_process';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { KNOWN_BACKBONES } from '@balanced-rec/models';
import { afterAll, describe, expect, test } from 'vitest';
import { codeBlocks, shellCommands, tableRows } from '../src/markdown.js';

const root = fileURLToPath(new URL('../../..', import.meta.url));
const readme = readFileSync(join(root, 'README.md'), 'utf8');
const { scripts, packageManager } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));

const scratch = mkdtempSync(join(tmpdir(), 'readme-'));
afterAll(() => rmSync(scratch, { recursive: true, force: true }));

/** `npm test` installs and then runs this test. The quickstart builds and trains for minutes, so CI runs it as a separate step. */
const notRunHere = ['npm run quickstart', 'npm test', 'pnpm install'];
/** Appended to commands to save time: they only reduce repetitions. */
const shorter: Readonly<Record<string, string>> = { 'pnpm bench ': ' --repeats 1' };

/** On a machine that has npm alone: the pinned pnpm under its plain name. `npm test` has put it on the path already. */
const bin = join(scratch, 'bin');
mkdirSync(bin);
if (spawnSync('pnpm', ['--version']).status !== 0) {
  writeFileSync(join(bin, 'pnpm'), `#!/bin/sh\nexec npx --yes ${packageManager} "$@"\n`);
  chmodSync(join(bin, 'pnpm'), 0o755);
}

interface Outcome {
  /** The error message if the command failed. */
  readonly failure: string | undefined;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs a README command as written, except that its outputs go to a temporary folder. */
function runCommand(command: string): Promise<Outcome> {
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

const taken = new Set<string>();

/** Runs each command of a document as a test, in order, except those that an earlier document has run. */
function runsItsCommands(path: string, isNotRunHere: (command: string) => boolean): void {
  const commands = shellCommands(readFileSync(join(root, path), 'utf8')).filter((command) => !isNotRunHere(command));
  for (const command of commands.filter((command) => !taken.has(command))) {
    taken.add(command);
    const missing = missingData(command);
    if (missing) console.warn(`SKIPPED: ${command}: no ${missing} here`);
    test.skipIf(missing)(
      command,
      async () => {
        const { failure, stdout, stderr } = await runCommand(command);
        expect(failure, `${stdout}\n${stderr}`).toBeUndefined();
      },
      240_000,
    );
  }
}

describe('README.md', () => {
  const commands = shellCommands(readme);

  test('begins with the two commands', () => {
    expect(commands.slice(0, 2)).toEqual(['npm run quickstart', 'npm test']);
    expect(scripts).toMatchObject({ quickstart: expect.any(String), test: expect.any(String) });
  });

  runsItsCommands('README.md', (command) => notRunHere.includes(command));

  test('is short', () => expect(readme.split('\n').length).toBeLessThanOrEqual(100));

  test('shows the program that `pnpm example` runs', () => {
    const program = 'examples/library/train-and-recommend.ts';
    expect(codeBlocks(readme, 'ts')).toEqual([readFileSync(join(root, program), 'utf8')]);
    expect(scripts.example).toContain(program);
    expect(commands).toContain('pnpm example');
  });

  test('lists every backbone', () => {
    expect(tableRows(readme, 'name').map(([name]) => name!.replaceAll('`', ''))).toEqual([...KNOWN_BACKBONES]);
  });

  test('says of CKD what docs/results/lfm2k-full found', () => {
    const section = /^## Does it help\?\n(.*?)^## /ms.exec(readme)![1]!;
    const [helps, hurts, ensemble] = section.split('\n').filter((line) => line.startsWith('- '));
    const found = resultsOf('docs/results/lfm2k-full/summary.md');
    const claims = (line: string, sign: string) =>
      [...line.matchAll(/\b([A-Z][A-Z0-9]+)(?: (?:gains|loses))? \(?\+?([\d.]+)%/g)].map(([, name, percent]) => [
        name!.toLowerCase(),
        `${sign}${percent}%`,
      ]);
    const differences = Object.fromEntries(found.map((row) => [row.Backbone, row['CKD vs plain']]));
    expect(Object.fromEntries([...claims(helps!, '+'), ...claims(hurts!, '−')])).toEqual(differences);
    const significant = found.filter(({ CKD }) => CKD!.includes('\\*\\*\\*')).map(({ Backbone }) => Backbone);
    expect(significant.sort()).toEqual(['bm3', 'freedom', 'lattice', 'vbpr']);
    expect(found.filter(({ CKD }) => CKD!.includes('\\*')).length).toBe(significant.length);
    expect(ensemble).toContain('beats CKD on all six');
    for (const row of found)
      expect(Number.parseFloat(row.ensemble!.replaceAll('*', ''))).toBeGreaterThan(Number.parseFloat(row.CKD!));
  });
});

test('examples/library/train-vbpr.ts, which builds CKD from its parts, runs', async () => {
  const { failure, stdout, stderr } = await runCommand(
    `pnpm tsx --conditions=@balanced-rec/source examples/library/train-vbpr.ts`,
  );
  expect(failure, stderr).toBeUndefined();
  expect(stdout).toMatch(/^test Recall@20 0\.\d{4}$/m);
}, 240_000);

describe('CONTRIBUTING.md', () => {
  // The loops run the tests, this one included; a debugger waits for somebody to attach.
  const isLoop = (command: string) => /^pnpm (?:install|test:|vitest)|--inspect-brk/.test(command);
  runsItsCommands('CONTRIBUTING.md', isLoop);
});

describe('docs/cli.md', () => runsItsCommands('docs/cli.md', (command) => command === 'pnpm install'));

test('docs/architecture.md lists every published package', () => {
  const rows = tableRows(readFileSync(join(root, 'docs/architecture.md'), 'utf8'), 'package');
  const listed = rows.filter((row) => row.length === 3).flatMap(([names]) => names!.match(/[\w-]+/g)!);
  expect(listed.sort()).toEqual(readdirSync(join(root, 'packages')).sort());
});

/** The rows of a summary's first table that compare CKD with plain training, by column. */
function resultsOf(path: string): Record<string, string>[] {
  const summary = readFileSync(join(root, path), 'utf8');
  const [head, ...rows] = firstTable(summary.slice(summary.indexOf('### Test Recall@20')));
  const named = rows.map((row) => Object.fromEntries(row.map((cell, column) => [head![column]!, cell])));
  return named.filter((row) => row['CKD vs plain']);
}

/** The cells of the first table, without the line under its head. */
function firstTable(markdown: string): string[][] {
  const [table] = /(?:^\|.*\n)+/m.exec(markdown)!;
  const lines = table.trimEnd().split('\n');
  const cells = lines.map((line) =>
    line
      .slice(1, -1)
      .split('|')
      .map((cell) => cell.trim()),
  );
  return cells.filter((_, line) => line !== 1);
}
