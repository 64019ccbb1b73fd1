import { describe, expect, test } from 'vitest';
import { chooseJobs } from '../../src/comparison/schedule.js';

describe('runs at a time', () => {
  const choose = (asked: number | undefined, cores: number, gigabytes: number, usesGpu = false, need = 1e9) =>
    chooseJobs(asked, { bytesPerRun: need, usesGpu }, { cores, freeBytes: gigabytes * 1e9 });

  test.each([
    { what: 'as many as cores', choice: () => choose(undefined, 8, 100), jobs: 8, limit: 'cores' },
    { what: 'as many as fit into memory', choice: () => choose(undefined, 8, 4.5), jobs: 4, limit: 'memory' },
    { what: 'one at least', choice: () => choose(undefined, 8, 0.1), jobs: 1, limit: 'memory' },
    { what: 'as many as were asked for', choice: () => choose(16, 8, 100), jobs: 16, limit: 'asked' },
    { what: 'no more than fit, though asked for', choice: () => choose(16, 8, 4.5), jobs: 4, limit: 'memory' },
    { what: 'one on a GPU', choice: () => choose(undefined, 8, 100, true), jobs: 1, limit: 'gpu' },
    {
      what: 'as many as cores where nothing is known',
      choice: () => choose(undefined, 8, 0.1, false, 0),
      jobs: 8,
      limit: 'cores',
    },
  ])('are $what', ({ choice, jobs, limit }) => {
    expect(choice()).toMatchObject({ jobs, limit });
  });

  test('are found for the machine that it is', () => {
    const { jobs, freeBytes } = chooseJobs(undefined, { bytesPerRun: 1, usesGpu: false });
    expect(jobs).toBeGreaterThanOrEqual(1);
    expect(freeBytes).toBeGreaterThan(0);
  });
});
