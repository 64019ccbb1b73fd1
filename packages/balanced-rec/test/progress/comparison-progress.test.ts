import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { ComparisonProgress } from '../../src/progress/comparison-progress.js';
import { footer } from '../../src/progress/describe-comparison.js';
import { epoch, evaluated, runOf } from '../support/progress.js';

beforeEach(() => void vi.useFakeTimers({ toFake: ['performance'] }));
afterEach(() => void vi.useRealTimers());

describe('a comparison', () => {
  const teacher = runOf('only:text');
  const runs = [teacher, runOf('plain'), runOf('plain', { seed: 2 }), runOf('ckd', { after: [teacher.id] })] as const;

  test('first knows nothing, then a lower bound from runs in progress, then an estimate from finished runs', () => {
    const progress = new ComparisonProgress(runs.slice(1, 3), new Set(), 1);
    expect(progress.timeLeft()).toBeUndefined();
    expect(footer(progress)).toBe('0/2 done, 0 running, 0s so far, time left unknown');
    progress.start(runs[1]);
    progress.observe(runs[1], epoch(1));
    vi.advanceTimersByTime(10_000);
    progress.observe(runs[1], epoch(6, evaluated(5)));
    // 14 more epochs of 2 s, then a run of 38 s.
    expect(progress.timeLeft()).toEqual({ seconds: 28 + 38, sureness: 'at least' });
    progress.finish(runs[1], 50);
    expect(progress.timeLeft()).toEqual({ seconds: 50, sureness: 'about' });
    progress.start(runs[2]);
    vi.advanceTimersByTime(20_000);
    expect(progress.timeLeft()).toEqual({ seconds: 30, sureness: 'about' });
    progress.finish(runs[2], 60);
    expect(footer(progress)).toBe('2/2 done, 0 running, 30s so far, about 0s left');
  });

  test('uses the times of other kinds if a kind has none, and says so', () => {
    const progress = new ComparisonProgress(runs, new Set(), 1);
    progress.start(teacher);
    progress.finish(teacher, 40);
    expect(progress.timeLeft()).toEqual({ seconds: 120, sureness: 'perhaps' });
  });

  test('counts the earlier epochs of a resumed run', () => {
    const progress = new ComparisonProgress([runs[1], runs[2]], new Set(), 1);
    progress.start(runs[1]);
    progress.observe(runs[1], epoch(51, { ...evaluated(50), maxEpochs: 60 }));
    vi.advanceTimersByTime(10_000);
    progress.observe(runs[1], epoch(56, { ...evaluated(50), maxEpochs: 60 }));
    // 4 epochs of 2 s are left of it, then come all 60 of the next, whose first one was not timed.
    expect(progress.timeLeft()).toEqual({ seconds: 8 + 118, sureness: 'at least' });
  });

  test('schedules several runs at a time, students after their teachers', () => {
    const all = [...runs, runOf('plain', { seed: 3 })];
    const progress = new ComparisonProgress(all, new Set([runs[1].id]), 2);
    progress.start(teacher);
    progress.start(runs[2]);
    for (const second of [1, 2]) {
      progress.observe(teacher, epoch(second, { variant: 'only:text', maxEpochs: 11 }));
      progress.observe(runs[2], epoch(second, { maxEpochs: 31 }));
      vi.advanceTimersByTime(1000);
    }
    progress.finish(runs[2], 2);
    // 8 of the teacher's 10 s are left; plain seed 3 takes 2 s meanwhile, then ckd takes the mean run's 6 s.
    expect(progress.timeLeft()).toMatchObject({ sureness: 'perhaps', seconds: 8 + 2 });
  });

  test('does not count what a failure prevents', () => {
    const progress = new ComparisonProgress(runs, new Set([runs[1].id, runs[2].id]), 1);
    progress.start(teacher);
    progress.fail(teacher);
    expect(progress.timeLeft()).toEqual({ seconds: 0, sureness: 'about' });
    expect(footer(progress)).toMatch(/^2\/4 done, 1 FAILED, 0 running/);
  });

  test('fits into the available columns', () => {
    const progress = new ComparisonProgress(runs, new Set(), 1);
    progress.fail(runs[1]);
    expect(footer(progress, 40)).toBe('0/4 done, 1 FAILED, time left unknown');
    expect(footer(progress, 25)).toBe('0/4 done, 1 FAILED');
    expect(footer(progress, 5)).toBe('0/4 …');
  });
});
