import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { KNOWN_BACKBONES } from '@balanced-rec/models';
import { describe, expect, test } from 'vitest';
import { root } from '../src/documents.js';
import { codeBlocks, tableRows } from '../src/markdown.js';
import { commandsOf, runsItsCommands } from './support/run-commands.js';

const readme = readFileSync(join(root, 'README.md'), 'utf8');
const { scripts } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));

/** `npm test` installs and then runs this test. The quickstart builds and trains for minutes, so CI runs it as a separate step. */
const notRunHere = ['npm run quickstart', 'npm test', 'pnpm install'];
describe('README.md', () => {
  const commands = commandsOf('README.md');

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
