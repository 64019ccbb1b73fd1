import { expect, test } from 'vitest';
import { bench, failedBench } from './run-bench.js';

const tiny = '--users 120 --items 80 --interactions 900 --image-dim 12 --text-dim 5'.split(' ');
const shape = {
  name: 'generated',
  source: 'generated',
  users: 120,
  items: 80,
  interactions: 900,
  validation: 120,
  test: 120,
  features: { image: 12, text: 5 },
};

function expectPositive(...values: number[]) {
  for (const value of values) expect(Number.isFinite(value) && value > 0).toBe(true);
}

test.each([
  ['vbpr', 'plain'],
  ['vbpr', 'ckd'],
  ['lattice', 'plain'],
  ['lattice', 'ckd'],
])('train: reports every number for %s, %s', async (backbone, variant) => {
  const extra = variant === 'ckd' ? ['--ckd'] : [];
  const result = await bench('train', '--backbone', backbone, ...tiny, '--batch', '300', '--epochs', '2', ...extra);
  expect(result).toMatchObject({
    benchmark: 'train',
    engine: { name: 'wasm', tfjs: expect.any(String) },
    shape,
    backbone: { name: backbone, config: { embeddingDim: 64 } },
    batchSize: 300,
    epochs: 2,
    seed: 1,
    stepsPerEpoch: 3,
    secondsPerEpochFrom: 'measured',
  });
  expect(result.machine.cores).toBeGreaterThan(0);
  expect(result.versions.node).toBe(process.versions.node);
  expectPositive(result.parameters, result.secondsPerStep, result.secondsPerEpoch, result.epochStartSeconds);
  expectPositive(result.setupSeconds, result.evaluateSeconds, result.peakRssMb, result.floorSeconds, result.overFloor);
  expectPositive(result.floor.bytes, result.floor.flopsPerSecond, result.floor.bytesPerSecond);
  // A step of LATTICE has no dense product.
  expect(result.floor.flops > 0).toBe(backbone === 'vbpr');
  expect(result.losses).toHaveLength(2);
  for (const losses of result.losses) {
    expect('distillation' in losses).toBe(variant === 'ckd');
    for (const loss of Object.values(losses)) expect(Number.isFinite(loss)).toBe(true);
  }
  expect(result.distillation === null).toBe(variant === 'plain');
  expect(Object.keys(result.validation)).toEqual(
    ['recall', 'ndcg'].flatMap((metric) => [10, 20, 50].map((cutoff) => `${metric}@${cutoff}`)),
  );
});

test('train: extrapolates an epoch with --steps and says so, but measures it if --steps covers the epoch', async () => {
  const run = (steps: string) => bench('train', ...tiny, '--batch', '100', '--epochs', '1', '--steps', steps);
  const some = await run('2');
  expect(some).toMatchObject({ stepsPerEpoch: 9, secondsPerEpochFrom: 'steps' });
  // Approximate, because each number is rounded.
  expect(some.secondsPerEpoch / (some.epochStartSeconds + 8 * some.secondsPerStep)).toBeCloseTo(1, 1);
  expect(await run('8')).toMatchObject({ secondsPerEpochFrom: 'measured' });
});

test('train: reads a dataset from a folder', async () => {
  const result = await bench('train', '--data', 'examples/data/planted', '--epochs', '1', '--steps', '1');
  expect(result.shape).toMatchObject({ name: 'planted', source: 'read from a folder', users: 300, items: 250 });
});

test('evaluate: times a ranking for all users', async () => {
  const result = await bench('evaluate', '--backbone', 'bm3', ...tiny, '--top-k', '30', '--repeats', '2');
  expect(result).toMatchObject({ benchmark: 'evaluate', shape, topK: 30, repeats: 2, users: 120 });
  expectPositive(result.evaluateSeconds, result.usersPerSecond, result.floorSeconds, result.overFloor);
  expectPositive(result.floor.flops, result.floor.bytes, result.peakRssMb, result.setupSeconds);
  expect(Object.keys(result.validation)).toEqual(['recall@30', 'ndcg@30']);
});

test('scale: reports the size, the numbers and the growth over the first for each factor', async () => {
  const options = ['--backbone', 'freedom', '--ckd', '--factors', '1,3', '--batch', '300', '--steps', '2'];
  const { benchmark, base, sizes } = await bench('scale', ...options, ...tiny);
  expect(benchmark).toBe('scale');
  expect(base).toEqual({ users: 120, items: 80, interactions: 900, imageDim: 12, textDim: 5 });
  const [one, three] = sizes;
  expect(one).toMatchObject({ factor: 1, shape, growth: 1, secondsPerEpochFrom: 'measured' });
  expect(three).toMatchObject({ factor: 3, shape: { users: 360, items: 240, interactions: 2700 }, stepsPerEpoch: 9 });
  expect(three.secondsPerEpochFrom).toBe('steps');
  expect(three.growth).toBeCloseTo(three.secondsPerEpoch / one.secondsPerEpoch / 3, 1);
  for (const size of sizes) {
    expectPositive(size.secondsPerStep, size.secondsPerEpoch, size.setupSeconds, size.peakRssMb, size.overFloor);
  }
});

test('scale: keeps the number of steps when the batch grows with the data', async () => {
  const options = ['--factors', '1,3', '--batch', '300', '--grow-batch', '--steps', '1'];
  const { growBatch, sizes } = await bench('scale', ...options, ...tiny);
  expect(growBatch).toBe(true);
  expect(sizes[1].batchSize).toBe(900);
  expect(sizes[1].stepsPerEpoch).toBe(sizes[0].stepsPerEpoch);
});

test('scale: reports a size that does not fit into memory along with those that do', async () => {
  const { sizes } = await bench('scale', ...tiny, '--factors', '1,1000000000', '--steps', '1');
  expect(sizes).toEqual([
    expect.objectContaining({ factor: 1, growth: 1 }),
    { factor: 1e9, failed: expect.stringMatching(/^RangeError: .+$/) },
  ]);
});

test.each([
  ['train', ['--backbone', 'vbrp'], '--backbone', 'one of: vbpr'],
  ['train', ['--epochs', '0'], '--epochs', 'a whole number of at least 1'],
  ['train', ['--seed', '1x'], '--seed', 'a whole number of at least 0'],
  ['train', ['--users', '60000'], '--interactions', '120000 (2 for each'],
  ['train', ['--image-dim', '0', '--text-dim', '0'], '--image-dim, --text-dim', 'at least one of them above 0'],
  ['train', ['--data', 'examples/data/planted', '--items', '9'], '--data', 'no shape options'],
  ['evaluate', ['--top-k', 'many'], '--top-k', 'a whole number of at least 1'],
  ['evaluate', [...tiny, '--top-k', '81'], 'dataset generated', 'cutoffs of at most 80'],
  ['scale', ['--factors', '1,,4'], '--factors', 'whole numbers of at least 1'],
  ['step', [], '--data', 'a dataset folder'],
])('refuses %s %j and says what was expected', async (command, options, place, expected) => {
  const { status, stdout, stderr } = await failedBench(command, ...options);
  expect(status).toBe(1);
  expect(stdout).toBe('');
  expect(stderr.startsWith(`${place}: `)).toBe(true);
  expect(stderr).toContain(`\n  expected: ${expected}`);
  expect(stderr).toMatch(/\n {2}remedy: /);
});

test('train: refuses distillation with fewer than two modalities', async () => {
  const { status, stderr } = await failedBench('train', ...tiny, '--image-dim', '0', '--ckd');
  expect(status).toBe(1);
  expect(stderr).toMatch(/^counterfactual distillation needs at least two modalities/);
});

test('prints the usage for an unknown command or option', async () => {
  expect(await failedBench('trian')).toMatchObject({ status: 2, stderr: expect.stringMatching(/^usage:\n/) });
  const { status, stderr } = await failedBench('scale', '--data', 'x');
  expect(status).toBe(1);
  expect(stderr).toMatch(/^Unknown option '--data'/);
});
