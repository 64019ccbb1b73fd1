import { cp, readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { scratchFolder } from '@balanced-rec/tiny-data';
import { beforeAll, describe, expect, test } from 'vitest';
import { expectOneError, runCli, runWell } from '../support/cli.js';

const versions = ['0.1.0'];

describe.each(versions)('what version %s wrote', (version) => {
  let folder: string;
  const run = (...args: string[]) => runWell(args, folder);
  const expected = (name: string) => readFile(join(folder, 'expected', name), 'utf8');
  const kept = (name: string) => readFile(join(folder, 'kept', name), 'utf8');
  const model = (name: string) => `kept/models/data--${name}--s1`;

  beforeAll(async () => {
    folder = join(await scratchFolder(), version);
    await cp(fileURLToPath(new URL(version, import.meta.url)), folder, { recursive: true });
  });

  test('a finished comparison stays finished, search included, and its tables stay the same', async () => {
    const before = { csv: await kept('results.csv'), markdown: await kept('summary.md') };
    const { stderr } = await run('compare', 'comparison.yaml', '--out', 'kept');
    expect(stderr).toContain('search of distillation options, by ckd: 8 runs');
    expect(stderr).toContain('; 8 finished already and kept');
    expect(stderr).toContain('; 11 finished already and kept');
    expect(stderr).not.toMatch(/^(start|done)/m);
    expect(await kept('results.csv')).toBe(before.csv);
    expect(await kept('summary.md')).toBe(before.markdown);
  });

  test('its report is made again from the records', async () => {
    expect((await run('report', 'kept', '--format', 'csv')).stdout).toBe(await kept('results.csv'));
  });

  test('a comparison that was interrupted ends with the same numbers', async () => {
    await run('compare', 'begun.yaml', '--out', 'begun', '--jobs', '1');
    const [record] = await readdir(join(folder, 'begun/runs'));
    const { result, users } = JSON.parse(await readFile(join(folder, 'begun/runs', record!), 'utf8'));
    expect({ result, users }).toEqual(JSON.parse(await expected('begun.json')));
  });

  test.each([
    ['vbpr--plain', []],
    ['vbpr--plain--text', ['--observed', 'text']],
    ['lattice--ckd', []],
  ])('the model %s recommends the same with its dataset', async (name, options) => {
    const folderOf = model(name.replace(/--text$/, ''));
    const { stdout } = await run('recommend', folderOf, '--data', 'data', '--all', '-k', '3', '-e', 'wasm', ...options);
    expect(stdout).toBe(await expected(`recommend--${name}.tsv`));
  });

  test('a model says that it needs its dataset', async () => {
    const result = await runCli(['recommend', model('vbpr--plain'), '--all', '-e', 'wasm'], folder);
    expectOneError(result, {
      code: 'model/needs-data',
      place: model('vbpr--plain'),
      expected: 'recommender.safetensors',
      found: 'none',
      remedy: '--data DIR',
    });
  });

  test.each(['vbpr--plain', 'lattice--ckd'])('the model %s scores the same', async (name) => {
    const { stdout } = await run('evaluate', 'data', '--model', model(name), '--json', '-e', 'wasm');
    expect(JSON.parse(stdout)).toEqual(JSON.parse(await expected(`evaluate--${name}.json`)));
  });
});
