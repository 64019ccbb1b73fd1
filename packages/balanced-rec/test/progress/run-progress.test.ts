import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { RunProgress } from '../../src/progress/run-progress.js';
import { epoch, evaluated, runOf } from '../support/progress.js';

beforeEach(() => void vi.useFakeTimers({ toFake: ['performance'] }));
afterEach(() => void vi.useRealTimers());

describe('a run', () => {
  const start = () => new RunProgress(runOf('plain'));

  test('has a rate from its second epoch on, excluding its start-up time', () => {
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

  test('that is resumed counts from there', () => {
    const run = start();
    vi.advanceTimersByTime(4000);
    run.observe(epoch(137, { ...evaluated(135), maxEpochs: 1000 }));
    expect(run.secondsPerEpoch).toBeUndefined();
    vi.advanceTimersByTime(3000);
    run.observe(epoch(140, { ...evaluated(135), maxEpochs: 1000 }));
    expect(run).toMatchObject({ secondsPerEpoch: 1, lastEpoch: 150, secondsLeft: 10, mayGoOn: true });
  });

  test('ends at its last epoch at the latest, and its time left decreases between epochs', () => {
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

  test('starts over with each teacher that it trains', () => {
    const run = start();
    run.observe(epoch(1, { variant: 'only:text', ...evaluated(1) }));
    vi.advanceTimersByTime(1000);
    run.observe(epoch(2, { variant: 'only:text' }));
    expect(run).toMatchObject({ label: 'tiny/vbpr/plain seed 1 (teacher only:text)', secondsPerEpoch: 1, score: 0.3 });
    run.observe(epoch(1));
    expect(run).toMatchObject({ label: 'tiny/vbpr/plain seed 1', secondsPerEpoch: undefined, score: undefined });
  });
});
