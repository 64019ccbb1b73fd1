import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { bench, failedBench, root } from './run-bench.js';

test('kernels: times each of our kernels and its TF.js equivalent', async () => {
  const { machine, kernels } = await bench('kernels', '--repeats', '1');
  expect(machine.cores).toBeGreaterThan(0);
  expect(kernels.map(({ name }: { name: string }) => name)).toEqual([
    'linear, forward and backward',
    'gatherRows, forward',
    'gatherRows, forward and backward',
    'csrMatMul, forward and backward',
    'topKOfProduct',
    'adamStep',
  ]);
  for (const { milliseconds, stock, speedup, note } of kernels) {
    expect(milliseconds).toBeGreaterThan(0);
    if (stock === null) expect(note).toBeTruthy();
    else expect(speedup).toBeGreaterThan(0);
  }
});

const backbones = ['vbpr', 'mmgcn', 'grcn', 'lattice', 'bm3', 'freedom'];

test.each(backbones)('step: times plain and distilled training and an evaluation of %s', async (backbone) => {
  const planted = 'examples/data/planted';
  expect(existsSync(join(root, planted))).toBe(true);
  const result = await bench('step', '--data', planted, '--backbone', backbone, '--batch-size', '64', '--repeats', '2');
  expect(result.backbone.name).toBe(backbone);
  const { plainStep, distilledStep, evaluation } = result.milliseconds;
  const { plain, distilled } = result.epochStartMs;
  for (const value of [plainStep, distilledStep, evaluation, plain, distilled]) expect(value).toBeGreaterThan(0);
  expect(result.distilledOverPlain).toBeCloseTo(distilledStep / plainStep, 1);
});

test('table: times a step that updates the whole table and one that updates it by rows', async () => {
  const result = await bench('table', '--rows', '300', '--columns', '8', '--batch-size', '16', '--repeats', '2');
  expect(result.table).toEqual({ rows: 300, columns: 8, numbers: 2400 });
  expect(result.rowsPerStep).toBeLessThanOrEqual(32);
  const { whole, byRows, stepAndSettle } = result.milliseconds;
  for (const value of [whole, byRows, stepAndSettle]) expect(value).toBeGreaterThan(0);
  expect(result.ratio).toBeCloseTo(whole / byRows, 1);
});

test('graph: reports time, memory and agreement with brute force for each size', async () => {
  const { benchmark, machine, engine, meaning, sizes } = await bench(
    'graph',
    '--items',
    '500,1000',
    '--neighbours',
    '7',
  );
  expect(benchmark).toBe('graph');
  expect(machine.cores).toBeGreaterThan(0);
  expect(engine.name).toBe('wasm');
  expect(sizes).toHaveLength(2);
  for (const [at, items] of [500, 1000].entries()) {
    const { seconds, memoryBytes, ...rest } = sizes[at];
    expect(seconds).toBeGreaterThan(0);
    expect(rest).toEqual({
      items,
      columns: 64,
      neighbours: 7,
      featureBytes: 4 * 64 * items,
      graph: { entries: 7 * items, bytes: 4 * (7 * items + items + 1) },
      bruteForce: { rows: 20, agreeing: 20 },
    });
    expect(Object.keys(memoryBytes)).toEqual(Object.keys(meaning.memoryBytes));
    const { residentBefore, peakBefore, peakRise, extra } = memoryBytes;
    expect(residentBefore).toBeGreaterThan(4 * 64 * items);
    expect(peakRise).toBeGreaterThanOrEqual(0);
    expect(extra).toBe(peakBefore + peakRise - residentBefore);
  }
});

test.each([
  ['--items', '500,many'],
  ['--items', ''],
  ['--columns', '0'],
  ['--neighbours', '-1'],
  ['--neighbours', '600'],
])('graph: refuses %s=%s and says what was expected', async (option, value) => {
  const { status, stdout, stderr } = await failedBench('graph', '--items=500', `${option}=${value}`);
  expect(status).toBe(1);
  expect(stdout).toBe('');
  expect(stderr).toMatch(new RegExp(`^${option}: .*\\n  expected: .*\\n  found: +"${value}"\\n  remedy: `));
});

test("graph: passes on an error from a size's process unchanged", async () => {
  const { status, stderr } = await failedBench('graph', '--items=20', '--engine=wasn');
  expect(status).toBe(1);
  expect(stderr).toMatch(/^there is no engine 'wasn'\n/);
});

test('synth and read: report time and peak memory for generating and reading a planted dataset', async () => {
  const shape = ['--interactions', '20000', '--items', '500', '--candidates', '50'];
  const made = await bench('synth', ...shape);
  expect(made.counts).toMatchObject({ users: 1000, items: 500 });
  expect(Math.abs(made.counts.interactions - 20_000)).toBeLessThan(500);
  const read = await bench('read', ...shape);
  expect(read).toMatchObject({ users: 1000, items: 500, interactions: made.counts.interactions, hash: made.hash });
  for (const { seconds, memoryMb } of [made, read]) {
    expect(seconds).toBeGreaterThan(0);
    expect(memoryMb.peak).toBeGreaterThanOrEqual(memoryMb.before);
  }
});

test('prepare: reports steps, memory and sizes for a generated raw log', async () => {
  const result = await bench('prepare', '--interactions', '20000', '--core', '3', '--memory', '256MB');
  expect(result.log).toEqual({ rows: 20_000, bytes: expect.any(Number) });
  expect(result.seconds).toBeGreaterThan(0);
  expect(result.peakBytes.after).toBeGreaterThanOrEqual(result.peakBytes.before);
  expect(result.steps.map(({ step }: { step: string }) => step)).toEqual([
    'read',
    'keep ratings of at least 2',
    'merge duplicates',
    'keep users with at least 3 and items with at least 3',
    'split by random',
    'write',
  ]);
  const { train, validation, test } = result.counts;
  expect(train + validation + test).toBe(result.steps.at(-1).rows);
  expect(Object.keys(result.outputBytes)).toEqual(['dataset.json', 'items.tsv', 'made.inter', 'users.tsv']);
});

test('serve: answers every request under load and reports memory after each round', async () => {
  const sizes = ['--users=300', '--items=200', '--dimension=8', '--connections=4', '--seconds=1', '--rounds=2'];
  const { settings, residentBytesBefore, rounds } = await bench('serve', ...sizes);
  expect(settings).toMatchObject({ users: 300, items: 200, dimension: 8, connections: 4, engine: 'wasm' });
  expect(residentBytesBefore).toBeGreaterThan(1e6);
  expect(rounds).toHaveLength(2);
  for (const round of rounds) {
    expect(round).toMatchObject({ refused: 0, errors: 0 });
    expect(round.answered).toBeGreaterThan(20);
    expect(round.milliseconds.p99).toBeGreaterThanOrEqual(round.milliseconds.p50);
    expect(round.residentBytesAfter).toBeGreaterThan(1e6);
  }
});
