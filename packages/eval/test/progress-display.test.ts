import { Writable } from 'node:stream';
import { BalancedRecError } from '@balanced-rec/errors';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { ComparisonDisplay } from '../src/commands/comparison-display.js';
import { formatSeconds } from '../src/commands/format-time.js';
import type { Plan, PlannedRun, RunEvent, RunRecord } from '../src/index.js';
import { Screen } from './progress-screen.js';

/** A stream that a display can write to, and the screen that it makes. */
function terminal(columns = 120, isTTY = true) {
  const screen = new Screen();
  const stream = new Writable({
    write(chunk, _, done) {
      screen.write(String(chunk));
      done();
    },
  });
  const output = Object.assign(stream, { isTTY, columns }) as unknown as NodeJS.WriteStream;
  return { screen, display: new ComparisonDisplay(output) };
}

function runOf(variant: string, seed = 1): PlannedRun {
  const settings = {
    dataset: { name: 'tiny' },
    backbone: { name: 'vbpr' },
    ...{ variant, seed, protocol: { patience: 2, evaluateEvery: 5 } },
  };
  return { id: `tiny--vbpr--${variant}--s${seed}`, settings, after: [] } as unknown as PlannedRun;
}

function epoch(number: number, more: Partial<RunEvent> = {}): RunEvent {
  const rest = { losses: { bpr: 0.5, reg: 0.25 }, measures: {}, bestEpoch: 0, bestScore: 0, maxEpochs: 100 };
  return { type: 'epoch', epoch: number, variant: 'plain', ...rest, ...more };
}

const validation = { score: 0.3, metrics: { 'recall@20': 0.3 } };
const record = {
  result: { test: { 'recall@20': 0.28 }, bestEpoch: 10, epochs: 25 },
  times: { wallSeconds: 75 },
} as unknown as RunRecord;

function planned(display: ComparisonDisplay, runs: PlannedRun[], kept: string[] = []) {
  const findings = [
    { code: 'interactions/leakage', severity: 'warning', message: 'LEAKAGE: 2 pairs', count: 2 },
    { code: 'users/no-test', severity: 'note', message: '3 users without', count: 3 },
  ];
  const dataset = { name: 'tiny', userCount: 40, itemCount: 30, modalities: ['image', 'text'], findings };
  const plan = { runs, variants: ['plain', 'ckd'], datasets: new Map([['tiny', dataset]]) } as unknown as Plan;
  display.planned(plan, new Set(kept), 'wasm');
}

beforeEach(() => void vi.useFakeTimers({ toFake: ['performance'] }));
afterEach(() => void vi.useRealTimers());

describe('on a terminal', () => {
  test('each run has a line that is rewritten in place, with epoch, loss, score and time left', () => {
    const { screen, display } = terminal();
    const [one, two] = [runOf('plain'), runOf('ckd')];
    planned(display, [one, two]);
    display.started(one);
    display.started(two);
    expect(screen.lines.slice(-2)).toEqual(['tiny/vbpr/plain seed 1  starting', 'tiny/vbpr/ckd seed 1  starting']);
    display.event(one, epoch(1));
    vi.advanceTimersByTime(10_000);
    display.event(one, epoch(5, { validation, bestEpoch: 5, bestScore: 0.3 }));
    display.event(two, epoch(2, { variant: 'only:text' }));
    expect(screen.lines).toEqual([
      'dataset tiny: 40 users, 30 items, modalities image + text',
      '  WARNING: LEAKAGE: 2 pairs',
      '  note: 3 users without',
      '2 runs on engine wasm',
      // Best at 5, two more evaluations borne, the third ends it: epoch 20, at 2 s each.
      'tiny/vbpr/plain seed 1  epoch 5  loss 0.7500  val Recall@20 0.3000 (best 0.3000 at 5)  30s left unless it improves',
      expect.stringMatching(/^tiny\/vbpr\/ckd seed 1 \(teacher only:text\) {2}epoch 2 {2}loss 0\.7500 /),
    ]);
  });

  test('a finished run leaves one line above those that go on', () => {
    const { screen, display } = terminal();
    const [one, two] = [runOf('plain'), runOf('ckd')];
    planned(display, [one, two]);
    display.started(one);
    display.started(two);
    display.event(two, epoch(3, { variant: 'ckd' }));
    display.finished(one, record);
    expect(screen.lines.slice(-2)).toEqual([
      'done  tiny/vbpr/plain seed 1  test Recall@20 0.2800  best epoch 10 of 25  1m 15s  [1/2]',
      expect.stringMatching(/^tiny\/vbpr\/ckd seed 1 {2}epoch 3 /),
    ]);
    display.failed(two, new BalancedRecError({ code: 'training/diverged', message: 'training diverged' }));
    expect(screen.lines.slice(-2)).toEqual([
      expect.stringMatching(/^done /),
      'FAILED tiny/vbpr/ckd seed 1: training diverged',
    ]);
  });

  test('no line is wider than the terminal, whose width may change', () => {
    const { screen, display } = terminal(40);
    const run = runOf('plain');
    planned(display, [run]);
    display.started(run);
    for (const number of [1, 2, 3]) display.event(run, epoch(number, { validation, bestEpoch: 1, bestScore: 0.3 }));
    expect(screen.lines.at(-1)).toHaveLength(39);
    expect(screen.lines.filter((line) => line.startsWith('tiny/vbpr'))).toHaveLength(1);
  });
});

describe('elsewhere', () => {
  test('there are plain lines: start, now and then the epoch, done', () => {
    const { screen, display } = terminal(80, false);
    const run = runOf('plain');
    planned(display, [run, runOf('only:text'), runOf('ckd')], ['tiny--vbpr--ckd--s1']);
    display.started(run);
    for (let second = 1; second <= 25; second++) {
      vi.advanceTimersByTime(1000);
      display.event(run, epoch(second));
    }
    display.finished(run, record);
    expect(screen.raw).not.toContain('\x1b');
    expect(screen.lines.slice(3)).toEqual([
      '3 runs on engine wasm, 1 of them teachers; 1 finished already and kept',
      'start tiny/vbpr/plain seed 1',
      expect.stringMatching(/^ +tiny\/vbpr\/plain seed 1 {2}epoch 11 /),
      expect.stringMatching(/^ +tiny\/vbpr\/plain seed 1 {2}epoch 21 /),
      'done  tiny/vbpr/plain seed 1  test Recall@20 0.2800  best epoch 10 of 25  1m 15s  [2/3]',
    ]);
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
