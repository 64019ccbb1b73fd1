import type { DatasetContent } from '@balanced-rec/datasets';
import { describe, expect, test } from 'vitest';
import { runBytes } from '../src/comparison/run-memory.js';
import { chooseJobs, type Plan, type PlannedRun } from '../src/index.js';

/** Amazon Baby's sizes. */
const baby = {
  userCount: 19_445,
  itemCount: 7050,
  features: { image: { columns: 4096 }, text: { columns: 384 } },
} as unknown as DatasetContent;

function runWith(engine: string, variant = 'plain', config = {}): PlannedRun {
  const settings = {
    ...{ engine, variant, backbone: { name: 'bm3', config } },
    dataset: { name: 'baby', modalities: ['image', 'text'] },
  };
  return { id: `${engine}-${variant}`, settings, after: variant === 'ckd' ? ['teacher'] : [] } as unknown as PlannedRun;
}

describe('what a run may need', () => {
  test.each([
    // The peaks of docs/benchmarks.md, in MB.
    ['wasm', 1060],
    ['native', 1480],
  ])('on %s is near the peak that was measured for BM3', (engine, measured) => {
    const bytes = runBytes(runWith(engine), baby);
    expect(bytes / 1e6).toBeGreaterThan(measured);
    expect(bytes / 1e6).toBeLessThan(measured * 1.3);
  });

  test('grows with teachers and with the size of embeddings', () => {
    const plain = runBytes(runWith('wasm'), baby);
    expect(runBytes(runWith('wasm', 'ckd'), baby)).toBeGreaterThan(plain);
    expect(runBytes(runWith('wasm', 'plain', { embeddingDim: 256 }), baby)).toBeGreaterThan(plain);
  });
});

describe('runs at a time', () => {
  const plan = (...runs: PlannedRun[]) => ({ runs, datasets: new Map([['baby', baby]]) }) as unknown as Plan;
  const choose = (
    asked: number | undefined,
    cores: number,
    gigabytes: number,
    run = runWith('wasm'),
    kept: string[] = [],
  ) => chooseJobs(asked, plan(run), new Set(kept), { cores, freeBytes: gigabytes * 1e9 });

  test.each([
    { what: 'as many as cores', choice: () => choose(undefined, 8, 100), jobs: 8, limit: 'cores' },
    { what: 'as many as fit into memory', choice: () => choose(undefined, 8, 5), jobs: 4, limit: 'memory' },
    { what: 'one at least', choice: () => choose(undefined, 8, 0.1), jobs: 1, limit: 'memory' },
    { what: 'as many as were asked for', choice: () => choose(16, 8, 0.1), jobs: 16, limit: 'asked' },
    { what: 'one on a GPU', choice: () => choose(undefined, 8, 100, runWith('gpu')), jobs: 1, limit: 'gpu' },
    {
      what: 'whatever kept runs needed',
      choice: () => choose(undefined, 8, 0.1, runWith('wasm'), ['wasm-plain']),
      jobs: 8,
      limit: 'cores',
    },
  ])('are $what', ({ choice, jobs, limit }) => {
    expect(choice()).toMatchObject({ jobs, limit });
  });

  test('are found for the machine that it is', () => {
    const { jobs, freeBytes } = chooseJobs(undefined, plan(runWith('wasm')), new Set());
    expect(jobs).toBeGreaterThanOrEqual(1);
    expect(freeBytes).toBeGreaterThan(0);
  });
});
