import { execFile } from 'node:child_process';
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
import { comparisonSchema, readComparison } from '@balanced-rec/eval';
import { afterAll, describe, expect, test } from 'vitest';
import { codeBlocks, shellCommands, tableRows } from '../src/markdown.js';

const root = fileURLToPath(new URL('../../..', import.meta.url));
const readme = readFileSync(join(root, 'README.md'), 'utf8');
const { scripts, packageManager } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));

const scratch = mkdtempSync(join(tmpdir(), 'readme-'));
afterAll(() => rmSync(scratch, { recursive: true, force: true }));

/** `npm test` installs and then runs this test. The quickstart builds and trains for minutes, so CI runs it as a separate step. */
const notRunHere = ['npm run quickstart', 'npm test', 'pnpm install'];
/** Needs a network or a model on disk. A test of the command line runs these commands, with only the paths changed. */
const isOnRawData = (command: string) => /(?:raw\/amazon-industrial\/| train industrial )/.test(command);
/** Appended to commands to save time: they only reduce repetitions. */
const shorter: Readonly<Record<string, string>> = { 'pnpm bench ': ' --repeats 1' };

/** Makes the pinned pnpm available as `pnpm` on machines that have only npm. */
const bin = join(scratch, 'bin');
mkdirSync(bin);
writeFileSync(join(bin, 'pnpm'), `#!/bin/sh\nexec npx --yes ${packageManager} "$@"\n`);
chmodSync(join(bin, 'pnpm'), 0o755);

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

describe('README.md', () => {
  const commands = shellCommands(readme);

  test('begins with the quickstart and npm test', () => {
    expect(commands.slice(0, 2)).toEqual(['npm run quickstart', 'npm test']);
    expect(scripts).toMatchObject({ quickstart: expect.any(String), test: expect.any(String) });
  });

  for (const command of commands.filter((command) => !notRunHere.includes(command) && !isOnRawData(command))) {
    const missing = missingData(command);
    if (missing) console.warn(`SKIPPED: ${command}: ${missing} is missing`);
    test.skipIf(missing)(
      command,
      async () => {
        const { failure, stdout, stderr } = await runCommand(command);
        expect(failure, `${stdout}\n${stderr}`).toBeUndefined();
      },
      240_000,
    );
  }

  test('shows the library example that `pnpm example` runs', () => {
    expect(codeBlocks(readme, 'ts')).toContain(readFileSync(join(root, 'examples/library/train-vbpr.ts'), 'utf8'));
    expect(scripts.example).toContain('examples/library/train-vbpr.ts');
    expect(commands).toContain('pnpm example');
  });

  test('documents every key of a comparison file, with a valid example', async () => {
    const keys = tableRows(readme, 'key').map(([key]) => key!.replaceAll('`', ''));
    expect(keys).toEqual(Object.keys(comparisonSchema.shape));
    const [example] = codeBlocks(readme, 'yaml');
    const file = join(scratch, 'comparison.yaml');
    writeFileSync(file, example!);
    expect((await readComparison(file)).comparison.title).toBe('My comparison');
  });

  const commandRows = tableRows(readme, 'command');
  test('lists every command', async () => {
    const { stdout } = await runCommand('pnpm balanced-rec --help');
    const real = [...stdout.matchAll(/^ {2}([a-z]+) \[?/gm)]
      .map((match) => match[1]!)
      .filter((name) => name !== 'help');
    expect(commandRows.map(([usage]) => usage!.replace(/^`([a-z]+).*$/, '$1')).sort()).toEqual(real.sort());
  });
  test.each(commandRows)('lists every option of %s', async (usage, _what, options) => {
    const name = usage!.replaceAll('`', '').split(' ')[0]!;
    const { stdout } = await runCommand(`pnpm balanced-rec ${name} --help`);
    const listed = options!.match(/--[a-z-]+/g) ?? [];
    const real = [...stdout.matchAll(/^ {2}(?:-\w, )?(--[a-z-]+)/gm)].map(([, flag]) => flag!);
    expect(listed.sort()).toEqual(real.filter((flag) => flag !== '--help').sort());
  });

  test('shows the results in docs/results/lfm2k-full', () => {
    const summary = readFileSync(join(root, 'docs/results/lfm2k-full/summary.md'), 'utf8');
    const section = summary.slice(summary.indexOf('### Test Recall@20'));
    const [head, ...rows] = firstTable(section);
    const [shownHead, ...shown] = firstTable(readme.slice(readme.indexOf('## Results')));
    const columns = shownHead!.map((name) => head!.indexOf(name));
    expect(columns).not.toContain(-1);
    expect(shown).toEqual(rows.map((row) => columns.map((column) => row[column])));
  });

  test('lists every published package', () => {
    const listed = tableRows(readme, 'package').map(([cell]) => cell!.match(/packages\/([\w-]+)/)?.[1]);
    expect(listed.sort()).toEqual(readdirSync(join(root, 'packages')).sort());
  });
});

/** The cells of the first table, without the line under its header. */
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
