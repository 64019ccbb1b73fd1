import { describe, expect, test } from 'vitest';
import { chooseJobs } from '../../src/comparison/schedule.js';

describe('the number of concurrent runs', () => {
  const choose = (asked: number | undefined, cores: number, gigabytes: number, usesGpu = false, need = 1e9) =>
    chooseJobs(asked, { bytesPerRun: need, usesGpu }, { cores, freeBytes: gigabytes * 1e9 });

  test.each([
    { what: 'the number of cores', choice: () => choose(undefined, 8, 100), jobs: 8, limit: 'cores' },
    { what: 'limited by memory', choice: () => choose(undefined, 8, 4.5), jobs: 4, limit: 'memory' },
    { what: 'at least one', choice: () => choose(undefined, 8, 0.1), jobs: 1, limit: 'memory' },
    { what: 'the requested number', choice: () => choose(16, 8, 100), jobs: 16, limit: 'asked' },
    {
      what: 'limited by memory even if more are requested',
      choice: () => choose(16, 8, 4.5),
      jobs: 4,
      limit: 'memory',
    },
    { what: 'one on a GPU', choice: () => choose(undefined, 8, 100, true), jobs: 1, limit: 'gpu' },
    {
      what: 'the number of cores if the memory need is unknown',
      choice: () => choose(undefined, 8, 0.1, false, 0),
      jobs: 8,
      limit: 'cores',
    },
  ])('is $what', ({ choice, jobs, limit }) => {
    expect(choice()).toMatchObject({ jobs, limit });
  });

  test('can be chosen for the current machine', () => {
    const { jobs, freeBytes } = chooseJobs(undefined, { bytesPerRun: 1, usesGpu: false });
    expect(jobs).toBeGreaterThanOrEqual(1);
    expect(freeBytes).toBeGreaterThan(0);
  });
});
