import { describe, expect, test } from 'vitest';
import { chooseJobs } from '../../src/comparison/schedule.js';

describe('runs at a time', () => {
  const choose = (asked: number | undefined, cores: number, gigabytes: number, usesGpu = false, need = 1e9) =>
    chooseJobs(asked, { bytesPerRun: need, usesGpu }, { cores, freeBytes: gigabytes * 1e9 });

  test.each([
    { what: 'as many as there are cores', choice: () => choose(undefined, 8, 100), jobs: 8, limit: 'cores' },
    { what: 'as many as fit into memory', choice: () => choose(undefined, 8, 4.5), jobs: 4, limit: 'memory' },
    { what: 'at least one', choice: () => choose(undefined, 8, 0.1), jobs: 1, limit: 'memory' },
    { what: 'as many as were asked for', choice: () => choose(16, 8, 100), jobs: 16, limit: 'asked' },
    { what: 'no more than fit, even if asked for', choice: () => choose(16, 8, 4.5), jobs: 4, limit: 'memory' },
    { what: 'one on a GPU', choice: () => choose(undefined, 8, 100, true), jobs: 1, limit: 'gpu' },
    {
      what: 'as many as there are cores if nothing is known',
      choice: () => choose(undefined, 8, 0.1, false, 0),
      jobs: 8,
      limit: 'cores',
    },
  ])('are $what', ({ choice, jobs, limit }) => {
    expect(choice()).toMatchObject({ jobs, limit });
  });

  test('are determined for this machine', () => {
    const { jobs, freeBytes } = chooseJobs(undefined, { bytesPerRun: 1, usesGpu: false });
    expect(jobs).toBeGreaterThanOrEqual(1);
    expect(freeBytes).toBeGreaterThan(0);
  });
});
