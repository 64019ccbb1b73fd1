import { afterEach, expect, test, vi } from 'vitest';
import { RunClock } from '../../src/runs/run-clock.js';

let now = 0;
const pass = (seconds: number) => {
  now += 1000 * seconds;
};

/** A clock that starts when it is made. */
function start(): RunClock {
  vi.spyOn(performance, 'now').mockImplementation(() => now);
  return new RunClock();
}

afterEach(() => vi.restoreAllMocks());

test('tells training from evaluation, also where that fails', () => {
  const clock = start();
  pass(5);
  expect(clock.evaluation(() => pass(2))).toBeUndefined();
  expect(() =>
    clock.evaluation(() => {
      pass(1);
      throw new Error('out of memory');
    }),
  ).toThrow('out of memory');
  expect(clock.times()).toMatchObject({ wallSeconds: 8, trainSeconds: 5, evaluateSeconds: 3, sittings: 1 });
});

test('adds up the sittings of a run that was interrupted, and not the time between them', () => {
  const first = start();
  pass(10);
  first.evaluation(() => pass(4));
  const saved = first.save();
  pass(1000);
  const second = start();
  second.goOnFrom(JSON.parse(JSON.stringify(saved)));
  pass(3);
  second.evaluation(() => pass(2));
  expect(second.times()).toMatchObject({
    startedAt: saved.startedAt,
    wallSeconds: 19,
    trainSeconds: 13,
    evaluateSeconds: 6,
    sittings: 2,
  });
  expect(second.times().peakMemoryBytes).toBeGreaterThanOrEqual(saved.peakMemoryBytes);
});
