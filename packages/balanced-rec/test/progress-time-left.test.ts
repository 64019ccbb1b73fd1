import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { ComparisonProgress } from '../src/progress/comparison-progress.js';
import { footer } from '../src/progress/footer.js';
import { formatRate } from '../src/progress/format-rate.js';
import { formatSeconds } from '../src/progress/format-time.js';
import { RunProgress } from '../src/progress/run-progress.js';
import { epoch, evaluated, runOf } from './progress-fixture.js';

beforeEach(() => void vi.useFakeTimers({ toFake: ['performance'] }));
afterEach(() => void vi.useRealTimers());

describe('a run', () => {
  const protocol = { patience: 2, evaluateEvery: 5 };
  const start = () => new RunProgress('tiny/vbpr/plain seed 1', protocol);

  test('has a rate from its second epoch on, whatever its process took to start', () => {
    const run = start();
    expect(run.line()).toBe('tiny/vbpr/plain seed 1  starting');
    vi.advanceTimersByTime(30_000);
    run.observe(epoch(1));
    expect(run.line()).toBe('tiny/vbpr/plain seed 1  epoch 1  loss 0.7500');
    vi.advanceTimersByTime(2000);
    run.observe(epoch(2));
    // The first evaluation is the best so far: 5 + 15.
    expect(run.line()).toBe('tiny/vbpr/plain seed 1  epoch 2  2.0 s/epoch  loss 0.7500  36s left unless it improves');
  });

  test('that goes on from the middle counts from there', () => {
    const run = start();
    vi.advanceTimersByTime(4000);
    run.observe(epoch(137, { ...evaluated(135), maxEpochs: 1000 }));
    expect(run.secondsPerEpoch).toBeUndefined();
    vi.advanceTimersByTime(3000);
    run.observe(epoch(140, { ...evaluated(135), maxEpochs: 1000 }));
    expect(run).toMatchObject({ secondsPerEpoch: 1, lastEpoch: 150, secondsLeft: 10, mayGoOn: true });
  });

  test('ends at its last epoch at the latest, and its time left runs down between two', () => {
    const run = start();
    run.observe(epoch(90, evaluated(90)));
    vi.advanceTimersByTime(40_000);
    run.observe(epoch(94, evaluated(90)));
    expect(run).toMatchObject({ lastEpoch: 100, mayGoOn: false, secondsLeft: 60 });
    vi.advanceTimersByTime(3000);
    expect(run.secondsLeft).toBe(57);
    vi.advanceTimersByTime(60_000);
    expect(run.secondsLeft).toBe(50);
  });

  test('starts anew with each teacher that is trained on the way', () => {
    const run = start();
    run.observe(epoch(1, { variant: 'only:text', ...evaluated(1) }));
    vi.advanceTimersByTime(1000);
    run.observe(epoch(2, { variant: 'only:text' }));
    expect(run).toMatchObject({ label: 'tiny/vbpr/plain seed 1 (teacher only:text)', secondsPerEpoch: 1, score: 0.3 });
    run.observe(epoch(1));
    expect(run).toMatchObject({ label: 'tiny/vbpr/plain seed 1', secondsPerEpoch: undefined, score: undefined });
  });
});

describe('a comparison', () => {
  const teacher = runOf('only:text');
  const runs = [teacher, runOf('plain'), runOf('plain', { seed: 2 }), runOf('ckd', { after: [teacher.id] })] as const;

  test('knows nothing at first; then at least what runs in progress need; then about what finished ones took', () => {
    const progress = new ComparisonProgress(runs.slice(1, 3), new Set(), 1);
    expect(progress.timeLeft()).toBeUndefined();
    expect(footer(progress)).toBe('0/2 done, 0 running, 0s so far, time left unknown yet');
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

  test('takes the times of other kinds where there are none of a kind, and says so', () => {
    const progress = new ComparisonProgress(runs, new Set(), 1);
    progress.start(teacher);
    progress.finish(teacher, 40);
    expect(progress.timeLeft()).toEqual({ seconds: 120, sureness: 'perhaps' });
  });

  test('counts what a run that goes on from the middle has behind it', () => {
    const progress = new ComparisonProgress([runs[1], runs[2]], new Set(), 1);
    progress.start(runs[1]);
    progress.observe(runs[1], epoch(51, { ...evaluated(50), maxEpochs: 60 }));
    vi.advanceTimersByTime(10_000);
    progress.observe(runs[1], epoch(56, { ...evaluated(50), maxEpochs: 60 }));
    // 4 epochs of 2 s are left of it, then come all 60 of the next, whose first one was not timed.
    expect(progress.timeLeft()).toEqual({ seconds: 8 + 118, sureness: 'at least' });
  });

  test('does several runs at a time, students after their teachers', () => {
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
    // Of the teacher's 10 s, 8 are left; plain seed 3 takes 2 s meanwhile, then ckd the 6 s of the mean run.
    expect(progress.timeLeft()).toMatchObject({ sureness: 'perhaps', seconds: 8 + 2 });
  });

  test('does not count what a failure prevents', () => {
    const progress = new ComparisonProgress(runs, new Set([runs[1].id, runs[2].id]), 1);
    progress.start(teacher);
    progress.fail(teacher);
    expect(progress.timeLeft()).toEqual({ seconds: 0, sureness: 'about' });
    expect(footer(progress)).toMatch(/^2\/4 done, 1 FAILED, 0 running/);
  });

  test('is told in as many columns as there are', () => {
    const progress = new ComparisonProgress(runs, new Set(), 1);
    progress.fail(runs[1]);
    expect(footer(progress, 50)).toBe('0/4 done, 1 FAILED, time left unknown yet');
    expect(footer(progress, 25)).toBe('0/4 done, 1 FAILED');
    expect(footer(progress, 5)).toBe('0/4 …');
  });
});

test.each([
  [-1, '0s'],
  [8.4, '8s'],
  [59.6, '1m 00s'],
  [200, '3m 20s'],
  [3599.6, '1h 00m'],
  [7500, '2h 05m'],
])('%d seconds read %s', (seconds, text) => {
  expect(formatSeconds(seconds)).toBe(text);
});

test.each([
  [0, '1000 epochs/s'],
  [0.08, '13 epochs/s'],
  [0.3, '3.3 epochs/s'],
  [2.5, '2.5 s/epoch'],
  [95, '95 s/epoch'],
])('%d seconds for an epoch read %s', (seconds, text) => {
  expect(formatRate(seconds, 'epoch')).toBe(text);
});
