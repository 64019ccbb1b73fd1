import { EventEmitter } from 'node:events';
import type { JobChoice, Plan, PlannedRun, RunEvent } from '@balanced-rec/eval';
import type { RunRecord } from '@balanced-rec/report';
import { onTestFinished } from 'vitest';
import { ComparisonDisplay } from '../../src/progress/comparison-display.js';
import { Screen } from './screen.js';

interface TerminalOptions {
  readonly columns?: number;
  readonly rows?: number;
  readonly isTTY?: boolean;
  readonly environment?: NodeJS.ProcessEnv;
}

/** A display, and the screen that it draws. No colours by default. */
export function terminal({
  columns = 120,
  rows = 24,
  isTTY = true,
  environment = { NO_COLOR: '1' },
}: TerminalOptions = {}) {
  const screen = new Screen(columns);
  const write = (text: string) => {
    screen.write(text);
    return true;
  };
  const output = Object.assign(new EventEmitter(), { isTTY, columns, rows, write }) as unknown as NodeJS.WriteStream;
  const resize = (columns: number, rows = 24) => {
    screen.columns = columns;
    Object.assign(output, { columns, rows });
    output.emit('resize');
  };
  const display = new ComparisonDisplay({ output, results: output, environment });
  onTestFinished(() => display.ended());
  return { screen, resize, display };
}

export function runOf(variant: string, { seed = 1, backbone = 'vbpr', after = [] as string[] } = {}): PlannedRun {
  const settings = {
    dataset: { name: 'tiny', modalities: ['image', 'text'] },
    backbone: { name: backbone },
    ...{ variant, seed, protocol: { patience: 2, evaluateEvery: 5 } },
  };
  const kind = /^(only|ckd)/.exec(variant)?.[0] ?? variant;
  return { id: `tiny--${backbone}--${variant}--s${seed}`, settings, after, kind } as unknown as PlannedRun;
}

export function epoch(number: number, more: Partial<RunEvent> = {}): RunEvent {
  const rest = { losses: { bpr: 0.5, reg: 0.25 }, measures: {}, bestEpoch: 0, bestScore: 0, maxEpochs: 100 };
  return { type: 'epoch', epoch: number, variant: 'plain', ...rest, ...more };
}

/** An evaluation that is the best so far. */
export const evaluated = (bestEpoch: number) => ({
  validation: { score: 0.3, metrics: { 'recall@20': 0.3 } },
  bestEpoch,
  bestScore: 0.3,
});

export function recordWith(wallSeconds: number): RunRecord {
  return {
    result: { test: { 'recall@20': 0.28 }, bestEpoch: 10, epochs: 25 },
    times: { wallSeconds },
  } as unknown as RunRecord;
}

export const twoJobs: JobChoice = { jobs: 2, limit: 'cores', bytesPerRun: 4e8, freeBytes: 8e9 };

export function planned(
  display: ComparisonDisplay,
  runs: readonly PlannedRun[],
  { kept = [] as string[], choice = twoJobs } = {},
): void {
  const findings = [
    { code: 'interactions/leakage', severity: 'warning', message: 'LEAKAGE: 2 pairs', count: 2 },
    { code: 'users/no-test', severity: 'note', message: '3 users without', count: 3 },
  ];
  const dataset = { name: 'tiny', userCount: 40, itemCount: 30, modalities: ['image', 'text'], findings };
  const plan = { runs, variants: ['plain', 'ckd'], datasets: new Map([['tiny', dataset]]) } as unknown as Plan;
  display.planned(plan, new Set(kept), 'wasm', choice);
}
