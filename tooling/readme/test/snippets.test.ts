import { execFile } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { documents, root } from '../src/documents.js';
import { exceptionOf, notRun, notWhole, unused } from '../src/exceptions.js';
import { codeBlocks } from '../src/markdown.js';
import { type Snippet, snippets } from '../src/snippets.js';

const here = fileURLToPath(new URL('..', import.meta.url));
/** Inside this package, because every other package can be imported from here. */
const folder = join(here, 'generated/snippets');
/** The working directory of the snippets: a folder with datasets and the runs of a comparison. */
const cwd = mkdtempSync(join(tmpdir(), 'snippets-'));
const all = snippets();
const run = all.filter(({ path, text }) => exceptionOf(notRun, path, text) === undefined);

beforeAll(() => {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  for (const { file, code } of all) writeFileSync(join(folder, file), code);
  for (const name of ['mine', 'ml1m']) {
    cpSync(join(root, 'examples/data/planted'), join(cwd, 'data', name), { recursive: true });
  }
  cpSync(join(root, 'packages/balanced-rec/test/kept/0.1.0/kept'), join(cwd, 'runs/mine'), { recursive: true });
});
afterAll(() => rmSync(cwd, { recursive: true, force: true }));

test('has no unused exceptions', () => {
  const blocks = documents().flatMap(({ path, text }) =>
    ['ts', 'js'].flatMap((language) => codeBlocks(text, language).map((code) => ({ path, text: code }))),
  );
  expect([...unused(notWhole, blocks), ...unused(notRun, all)]).toEqual([]);
});

describe('type-checks', () => {
  let faults: Map<string, string[]>;
  beforeAll(async () => {
    faults = await typeFaults(all.filter(({ file }) => file.endsWith('.ts')));
  });

  test.each(all.filter(({ file }) => file.endsWith('.ts')))('$file', ({ file }) => {
    expect(faults.get(file)).toEqual([]);
  });
});

describe('runs', () => {
  let outcomes: Map<string, string | undefined>;
  beforeAll(async () => {
    outcomes = await outcomesOf(run);
  });

  test.each(run)('$file', ({ file }) => {
    expect(outcomes.has(file), 'was run').toBe(true);
    expect(outcomes.get(file)).toBeUndefined();
  });
});

/** TypeScript's errors for each snippet, with the settings of readers who only enable `strict`. */
async function typeFaults(snippets: readonly Snippet[]): Promise<Map<string, string[]>> {
  const config = {
    extends: '@balanced-rec/tsconfig/base.json',
    compilerOptions: { noUncheckedIndexedAccess: false, exactOptionalPropertyTypes: false },
    files: snippets.map(({ file }) => file),
  };
  writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify(config));
  const tsc = join(root, 'node_modules/typescript/bin/tsc');
  const lines = (await output(process.execPath, [tsc, '-p', folder, '--pretty', 'false'], folder)).split('\n');
  const faultsOf = (file: string) => lines.filter((line) => line.startsWith(`${file}(`));
  const elsewhere = lines.filter(
    (line) => line !== '' && !snippets.some(({ file }) => line.includes(file)) && /error TS/.test(line),
  );
  expect(elsewhere).toEqual([]);
  return new Map(snippets.map(({ file }) => [file, faultsOf(file)]));
}

/** The error each snippet threw, if any. They share one process, because loading takes longer than most of them. */
async function outcomesOf(snippets: readonly Snippet[]): Promise<Map<string, string | undefined>> {
  const tsx = pathToFileURL(join(root, 'node_modules/tsx/dist/loader.mjs')).href;
  const files = snippets.map(({ file }) => join(folder, file));
  const options = ['--conditions=@balanced-rec/source', '--import', tsx, join(here, 'src/run-snippets.ts')];
  const lines = (await output(process.execPath, [...options, ...files], cwd)).split('\n');
  const outcomes = lines.filter((line) => line.startsWith('{"file"')).map((line) => JSON.parse(line));
  return new Map(outcomes.map(({ file, error }) => [basename(file), error]));
}

/** What a program prints, whether or not it succeeds. */
function output(program: string, options: readonly string[], cwd: string): Promise<string> {
  return new Promise((resolve) => {
    execFile(program, options, { cwd, maxBuffer: 2 ** 26 }, (_error, stdout) => resolve(stdout));
  });
}
