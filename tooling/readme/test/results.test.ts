import { execFile, spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, describe, expect, test } from 'vitest';
import { root } from '../src/documents.js';

const results = join(root, 'docs/results');
const archived = readdirSync(results).filter((name) => existsSync(join(results, name, 'runs.tar.xz')));

const missing = ['tar', 'xz'].find((program) => spawnSync(program, ['--version']).status !== 0);
if (missing) console.warn(`SKIPPED: the kept results cannot be unpacked without ${missing}`);

const scratch = mkdtempSync(join(tmpdir(), 'results-'));
afterAll(() => rmSync(scratch, { recursive: true, force: true }));

test('the kept results take up less than 8 MB', () => {
  const files = readdirSync(results, { recursive: true, encoding: 'utf8' }).map((file) =>
    statSync(join(results, file)),
  );
  const bytes = files.filter((file) => file.isFile()).reduce((sum, { size }) => sum + size, 0);
  expect(bytes).toBeLessThan(8e6);
});

test('every results folder except the dry run has its records', () => {
  const folders = readdirSync(results).filter((name) => statSync(join(results, name)).isDirectory());
  expect(folders.filter((name) => !archived.includes(name))).toEqual(['paper-dry-run']);
});

describe.skipIf(missing)('archives', () => {
  test.each(archived)('the records of %s are exactly those its results name', (name) => {
    const records = readdirSync(unpacked(name), { recursive: true, encoding: 'utf8' })
      .filter((file) => file.endsWith('.json') && file !== 'summary.json' && file !== 'comparison.json')
      .map((file) => JSON.parse(readFileSync(join(scratch, name, file), 'utf8')) as { id: string });
    expect(records.length).toBeGreaterThan(0);
    const table = join(results, name, 'results.csv');
    if (!existsSync(table)) return;
    const [, ...rows] = readFileSync(table, 'utf8').trimEnd().split('\n');
    expect(new Set(records.map(({ id }) => id))).toEqual(new Set(rows.map((row) => row.split(',')[0])));
    const { runs } = JSON.parse(readFileSync(join(results, name, 'summary.json'), 'utf8')) as { runs: number };
    expect(records).toHaveLength(runs);
  });

  test.each([
    ['csv', 'results.csv'],
    ['json', 'summary.json'],
    ['md', 'summary.md'],
    ['latex', 'tables.tex'],
  ])('a new report of the records of lfm2k-full as %s matches %s byte for byte', async (format, file) => {
    const { scripts } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
    const command = `${scripts['balanced-rec']} report '${unpacked('lfm2k-full')}' --format ${format}`;
    const env = { ...process.env, PATH: [join(root, 'node_modules/.bin'), process.env.PATH].join(delimiter) };
    const { stdout } = await promisify(execFile)('sh', ['-c', command], { cwd: root, env, maxBuffer: 2 ** 26 });
    expect(stdout).toBe(readFileSync(join(results, 'lfm2k-full', file), 'utf8'));
  });
});

/** A copy of a folder with its records unpacked, following its README. */
function unpacked(name: string): string {
  const folder = join(scratch, name);
  if (existsSync(folder)) return folder;
  cpSync(join(results, name), folder, { recursive: true });
  const { status, stderr } = spawnSync('tar', ['xf', 'runs.tar.xz'], { cwd: folder, encoding: 'utf8' });
  expect(status, stderr).toBe(0);
  return folder;
}
