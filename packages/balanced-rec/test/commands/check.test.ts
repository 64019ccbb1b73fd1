import { join } from 'node:path';
import { scratchFolder, tinyDataset } from '@balanced-rec/tiny-data';
import { beforeAll, describe, expect, test } from 'vitest';
import { expectOneError, repository, runCli, runWell } from '../support/cli.js';
import { edit } from '../support/data.js';

describe('check', () => {
  let bad: string;

  beforeAll(async () => {
    bad = await tinyDataset(await scratchFolder());
    await edit(join(bad, 'tiny.inter'), (text) => text.split('\n').with(2, '0\tx\t0').with(5, '0\t4\t7').join('\n'));
  });

  test('passes the bundled dataset and describes it', async () => {
    const { stdout, stderr } = await runWell(['check', join(repository, 'examples/data/planted')]);
    expect(stderr).toBe('');
    expect(stdout).toContain('dataset planted (mmrec layout)\n  300 users, 250 items\n');
    expect(stdout).toContain('interactions: 4705 training, 607 validation, 607 test; density 7.89 %');
    expect(stdout).toContain('image features: 250 x 96');
    expect(stdout).toMatch(/^no problems/m);
  });

  test('prints its measurements on one screen', async () => {
    const { stdout } = await runWell(['check', join(repository, 'examples/data/planted')]);
    expect(stdout).toMatch(/^interactions +count +density +users +items +per user +per item$/m);
    expect(stdout).toMatch(/^ {2}training +4,705 +6\.27 % +300 +248 +\d+-\d+ \(\d+/m);
    expect(stdout).toMatch(/^features +columns/m);
    expect(stdout).toMatch(/^ {2}image +96 +0 .* 100 %/m);
    expect(stdout).toMatch(/^near-duplicates +pairs/m);
    expect(stdout).toMatch(/^ {2}in all +0 +0 +0 +0$/m);
    expect(stdout).toMatch(/^ {2}text +0\.\d{3} ± 0\.\d{3} +0\.\d{3} +0\.\d{3} ± 0\.\d{3} +0\.\d{3}$/m);
    expect(stdout).toMatch(/^ {2}text alone reaches .*: expect a joint model to lean on text$/m);
    const lines = stdout.split('\n');
    expect(lines.length).toBeLessThan(45);
    expect(Math.max(...lines.map((line) => line.length))).toBeLessThan(121);
  });

  test('--json has every measurement; --no-probe and --near-duplicates take effect', async () => {
    const { stdout } = await runWell([
      'check',
      join(repository, 'examples/data/planted'),
      '--json',
      '--no-probe',
      '--near-duplicates',
      '.9',
    ]);
    const { ok, diagnosis, itemNames } = JSON.parse(stdout);
    expect({ ok, itemNames }).toEqual({ ok: true, itemNames: {} });
    expect(diagnosis).toMatchObject({
      train: {
        interactions: 4705,
        users: 300,
        perUser: { min: expect.any(Number) },
        perItem: { gini: expect.any(Number) },
      },
      coldItems: { count: 1 },
      features: { image: { columns: 96, coverage: 1 }, text: { columns: 24 } },
      nearDuplicates: { threshold: 0.9, found: [{ modalities: ['image'] }, { modalities: ['text'] }, { recall: 1 }] },
      probe: { skipped: 'not requested' },
    });
  });

  test.each(['0', '1.1', 'much', '-1'])('refuses --near-duplicates %s, which is not a cosine', async (value) => {
    const result = await runCli(['check', bad, `--near-duplicates=${value}`]);
    expectOneError(result, {
      code: 'cli/bad-option',
      place: '--near-duplicates',
      expected: 'a cosine above 0, up to 1',
      found: value,
      remedy: '--help',
    });
  });

  test('lists every problem with file and line, and fails', async () => {
    const result = await runCli(['check', bad]);
    expect(result.stdout).toMatch(/tiny\.inter:3: /);
    expect(result.stdout).toMatch(/tiny\.inter:6: /);
    expectOneError(result, {
      code: 'dataset/has-problems',
      place: bad,
      expected: 'no problems',
      found: 'dataset/bad-id, dataset/bad-label',
      remedy: 'above',
    });
  });

  test('--json prints the problems field by field', async () => {
    const { code, stdout } = await runCli(['check', bad, '--json']);
    expect(code).toBe(1);
    const report = JSON.parse(stdout);
    expect(report.ok).toBe(false);
    expect(report.problems).toMatchObject([
      { code: 'dataset/bad-id', place: join(bad, 'tiny.inter:3'), found: expect.stringContaining('x') },
      { code: 'dataset/bad-label', place: join(bad, 'tiny.inter:6'), found: expect.stringContaining('7') },
    ]);
    expect(report.problems[0]).toMatchObject({ message: expect.any(String), remedy: expect.any(String) });
  });

  test('reports a missing folder as one problem', async () => {
    const result = await runCli(['check', join(bad, 'nowhere')]);
    expect(result.code).toBe(1);
    expect(result.stdout + result.stderr).toContain('dataset/missing-folder');
  });
});

test('doctor prints engines, backbones, versions and memory, and how to install what is missing', async () => {
  const { stdout, stderr } = await runWell(['doctor']);
  expect(stderr).toBe('');
  expect(stdout).toMatch(/^ {2}wasm +ready, TensorFlow\.js 4\./m);
  expect(stdout).toMatch(/^ {2}cpu +ready/m);
  expect(stdout).toMatch(/^ {2}gpu +(ready|not available: .*\n +to get it: .)/m);
  expect(stdout).toMatch(
    /^ {2}native +(ready.*\n +binding from .*\n +our kernels: |not available: .*\n +to get it: .)/m,
  );
  expect(stdout).toMatch(/^ {2}auto +picks (gpu|native|wasm): the first of gpu, native, wasm, cpu that loads$/m);
  expect(stdout).toMatch(/^ {2}vbpr +installed$/m);
  expect(stdout).toMatch(/^ {2}@balanced-rec\/ckd-core \d/m);
  expect(stdout).toMatch(/memory [\d.]+ GB, free [\d.]+ GB/);
});
