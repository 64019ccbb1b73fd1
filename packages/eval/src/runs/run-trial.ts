import type { Choice } from '@balanced-rec/report';
import type { TrialRecord } from '../plan/plan.js';
import { identityOfPlanned } from '../plan/run-identity.js';
import { makeModel } from './make-model.js';
import { RunClock } from './run-clock.js';
import type { RunOptions } from './run-options.js';

/** What tells a trial from a run. */
export interface TrialTask {
  readonly id: string;
  readonly values: Choice;
}

/** Trains a model and says how it does on validation. The test split is taken away first, so that nothing can look at it. */
export async function runTrial(options: RunOptions, { id, values }: TrialTask): Promise<TrialRecord> {
  const { settings, dataset } = options;
  const nothing = { offsets: new Int32Array(dataset.test.offsets.length), items: new Int32Array(0) };
  const clock = new RunClock();
  const { history, dispose } = await makeModel({ ...options, dataset: { ...dataset, test: nothing } }, clock);
  dispose();
  return {
    format: 1,
    id,
    identity: identityOfPlanned({ settings, dataHash: dataset.hash }),
    values,
    score: history.best.score,
    bestEpoch: history.bestEpoch,
    epochs: history.epochs,
    seconds: clock.times().wallSeconds,
  };
}
