import { BalancedRecError } from '@balanced-rec/errors';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { epoch, evaluated, planned, recordWith, runOf, terminal } from '../support/progress.js';

beforeEach(
  () =>
    void vi.useFakeTimers({
      toFake: ['performance', 'setTimeout', 'clearTimeout', 'setInterval', 'clearInterval'],
    }),
);
afterEach(() => void vi.useRealTimers());

const diverged = new BalancedRecError({ code: 'training/diverged', message: 'training diverged' });

describe('on a terminal', () => {
  test('redraws a table in place, below the description of the comparison', () => {
    const { screen, display } = terminal();
    const [one, two] = [runOf('plain'), runOf('ckd')];
    planned(display, [one, two]);
    display.started(one);
    display.started(two);
    display.event(one, epoch(1));
    vi.advanceTimersByTime(10_000);
    display.event(one, epoch(5, evaluated(5)));
    display.event(two, epoch(2, { variant: 'only:text' }));
    vi.advanceTimersByTime(100);
    expect(screen.lines).toEqual([
      'dataset tiny: 40 users, 30 items, modalities image + text',
      '  WARNING: LEAKAGE: 2 pairs',
      '  note: 3 users without',
      '2 runs on engine wasm; 2 at a time; a run needs about 0.4 GB of memory, and 8.0 GB are free',
      'run                                          epoch  progress           rate     loss  val R@20     best R@20      left',
      // Best at 5, patience of two evaluations, the third ends the run: epoch 20, at 10 s for 4.
      'tiny/vbpr/plain seed 1                       5/100  [==        ]   2.5 s/ep   0.7500    0.3000   0.3000 at 5     > 37s',
      'tiny/vbpr/ckd seed 1 (teacher only:text)     2/100  [=         ]          -   0.7500         -             -         -',
      '0/2 done, 2 running, 10s so far, perhaps 37s left',
    ]);
    expect(screen.isCursorVisible).toBe(false);
    display.ended();
    expect(screen.isCursorVisible).toBe(true);
    expect(screen.lines.at(-1)).toBe(
      '2 runs on engine wasm; 2 at a time; a run needs about 0.4 GB of memory, and 8.0 GB are free',
    );
  });

  test('a finished, failed or stopped run leaves one line above those in progress', () => {
    const { screen, display } = terminal();
    const [one, two, three] = [runOf('plain'), runOf('ckd'), runOf('only:text')];
    planned(display, [one, two, three]);
    for (const run of [one, two, three]) display.started(run);
    display.event(two, epoch(3, { variant: 'ckd' }));
    display.finished(one, recordWith(75));
    display.printed(two, '(node:1) Warning: from a library');
    display.failed(two, diverged);
    display.stopped(three);
    vi.advanceTimersByTime(2000);
    expect(screen.lines.slice(4)).toEqual([
      'done  tiny/vbpr/plain seed 1  test Recall@20 0.2800  best epoch 10 of 25  1m 15s  [1/3]',
      '(node:1) Warning: from a library',
      'FAILED tiny/vbpr/ckd seed 1: training diverged',
      'stopped tiny/vbpr/only:text seed 1',
      '1/3 done, 1 FAILED, 0 running, 2s so far, perhaps 1m 15s left',
    ]);
  });

  test('is redrawn at most ten times a second, and every second while nothing happens', () => {
    const { screen, display } = terminal();
    const run = runOf('plain');
    planned(display, [run]);
    display.started(run);
    const before = screen.raw.split('\x1b[J').length;
    for (let number = 1; number <= 100; number++) {
      vi.advanceTimersByTime(10);
      display.event(run, epoch(number));
    }
    const drawn = screen.raw.split('\x1b[J').length - before;
    expect(drawn).toBeGreaterThan(5);
    expect(drawn).toBeLessThanOrEqual(10);
    vi.advanceTimersByTime(5000);
    expect(screen.lines.at(-1)).toContain('6s so far');
  });

  test.each([40, 80, 120])('no line is wider than %d columns', (columns) => {
    const { screen, display } = terminal({ columns });
    const run = runOf('ckd-no-reweighting', { backbone: 'a-backbone-of-a-long-name' });
    planned(display, [run]);
    display.started(run);
    for (const number of [1, 2, 5]) {
      vi.advanceTimersByTime(5000);
      display.event(run, epoch(number, { variant: run.settings.variant, ...evaluated(1) }));
    }
    vi.advanceTimersByTime(100);
    const live = screen.lines.slice(4);
    expect(live).toHaveLength(3);
    expect(Math.max(...live.map((line) => line.length))).toBeLessThan(columns);
    expect(live[1]).toMatch(/^tiny\/.*….*seed 1 .*5\/100/);
    const columnsShown = live[0]!.split(/ {2,}/);
    const all = ['run', 'epoch', 'progress', 'rate', 'loss', 'val R@20', 'best R@20', 'left'];
    const expected = { 40: ['run', 'epoch', 'left'], 80: ['run', 'epoch', 'rate', 'best R@20', 'left'], 120: all };
    expect(columnsShown).toEqual(expected[columns as 40]);
    expect(live[2]).toMatch(/^0\/1 done, .*left$/);
  });

  test('redraws cleanly when the terminal becomes narrower or wider', () => {
    const { screen, display, resize } = terminal();
    const [one, two] = [runOf('plain'), runOf('ckd')];
    planned(display, [one, two]);
    for (const run of [one, two]) {
      display.started(run);
      display.event(run, epoch(5, evaluated(5)));
    }
    vi.advanceTimersByTime(200);
    const above = screen.lines.slice(0, 4);
    for (const columns of [50, 30, 200, 120]) {
      resize(columns);
      vi.advanceTimersByTime(200);
      expect(screen.lines.slice(0, 4)).toEqual(above);
      expect(screen.lines).toHaveLength(4 + 1 + 2 + 1);
      expect(Math.max(...screen.lines.slice(4).map((line) => line.length))).toBeLessThan(columns);
    }
  });

  test.each([
    [5, ['run', 's11', 's12', '0/12']],
    [4, ['run', 's12', '0/12']],
    [3, ['0/12']],
    [2, ['0/12']],
  ])('shows the latest runs in %d rows', (rows, expected) => {
    const { screen, display } = terminal({ rows });
    const runs = Array.from({ length: 12 }, (_, k) => runOf('plain', { seed: k + 1 }));
    planned(display, runs);
    for (const run of runs) display.started(run);
    vi.advanceTimersByTime(200);
    const live = screen.lines.slice(4);
    expect(live.map((line) => line.replace(/^tiny.* seed (\d+).*$/, 's$1').split(' ')[0])).toEqual(expected);
    expect(live.at(-1)).toContain('12 running');
  });

  test('uses colours unless NO_COLOR is set, and words in any case', () => {
    const shown = (environment: NodeJS.ProcessEnv) => {
      const { screen, display } = terminal({ environment });
      const [one, two] = [runOf('plain'), runOf('ckd')];
      planned(display, [one, two]);
      display.started(one);
      display.started(two);
      display.failed(one, diverged);
      display.finished(two, recordWith(1));
      vi.advanceTimersByTime(200);
      return screen;
    };
    const [coloured, plain] = [shown({}), shown({ NO_COLOR: '1' })];
    expect(coloured.raw).toContain('\x1b[31mFAILED\x1b[39m');
    expect(coloured.raw).toContain('\x1b[32mdone\x1b[39m');
    // biome-ignore lint/suspicious/noControlCharactersInRegex: colours are control characters
    expect(plain.raw).not.toMatch(/\x1b\[\d+m/);
    expect(coloured.lines).toEqual(plain.lines);
  });
});

describe('elsewhere', () => {
  test.each([
    { isTTY: false, environment: {} },
    { isTTY: true, environment: { TERM: 'dumb', NO_COLOR: '1' } },
  ])('prints plain lines: start, occasionally the epoch and the overall state, done (%o)', (surroundings) => {
    const { screen, display } = terminal({ columns: 80, ...surroundings });
    const [run, failing] = [runOf('plain'), runOf('only:text')];
    planned(display, [run, failing, runOf('ckd')], { kept: ['tiny--vbpr--ckd--s1'] });
    display.started(run);
    for (let second = 1; second <= 25; second++) {
      vi.advanceTimersByTime(1000);
      display.event(run, epoch(second));
    }
    display.finished(run, recordWith(75));
    display.started(failing);
    vi.advanceTimersByTime(60_000);
    display.failed(failing, diverged);
    display.ended();
    expect(screen.raw).not.toContain('\x1b');
    expect(screen.lines.slice(3)).toEqual([
      '3 runs on engine wasm, 1 of them teachers; 1 finished already and kept; 2 at a time; a run needs about 0.4 GB of memory, and 8.0 GB are free',
      'start tiny/vbpr/plain seed 1',
      '      tiny/vbpr/plain seed 1  epoch 11  1.0 s/epoch  loss 0.7500  9s left unless it improves',
      '      tiny/vbpr/plain seed 1  epoch 21  1.0 s/epoch  loss 0.7500  0s left unless it improves',
      'done  tiny/vbpr/plain seed 1  test Recall@20 0.2800  best epoch 10 of 25  1m 15s  [2/3]',
      'start tiny/vbpr/only:text seed 1',
      'FAILED tiny/vbpr/only:text seed 1: training diverged',
      '      2/3 done, 1 FAILED, 0 running, 1m 25s so far, about 0s left',
    ]);
  });

  test('says whether memory or the GPU limits the number of runs at a time', () => {
    const { screen, display } = terminal({ isTTY: false });
    const choice = { jobs: 1, bytesPerRun: 2.4e9, freeBytes: 3.1e9 };
    planned(display, [runOf('plain')], { choice: { ...choice, limit: 'memory' } });
    planned(display, [runOf('plain')], { choice: { ...choice, limit: 'gpu' } });
    expect(screen.raw).toContain('1 at a time, because a run needs about 2.4 GB of memory, and 3.1 GB are free');
    expect(screen.raw).toContain('1 at a time, because they share the GPU (--jobs N');
  });
});
