import { rankingTables, rankingView } from '@balanced-rec/ckd-core';
import type { Backbone, ObservedSet } from '@balanced-rec/ckd-core/backbone';
import { TeacherCache } from '@balanced-rec/ckd-core/node';
import type { Choice, RunRecord } from '@balanced-rec/report';
import { readTestSplit } from '../evaluation/read-test-split.js';
import type { TrialRecord } from '../plan/plan.js';
import { identityOfPlanned } from '../plan/run-identity.js';
import { makeModel } from './make-model.js';
import { teacherIdentity } from './obtain-teachers.js';
import { recordOf } from './record-of.js';
import { RunClock } from './run-clock.js';
import type { RunOptions } from './run-options.js';

/** A finished run: its record, and the model with the best epoch's parameters. */
export interface FinishedRun {
  readonly record: RunRecord;
  readonly backbone: Backbone;
  /** The view that the model ranks with. */
  readonly observed: ObservedSet;
  /** Frees the model and the teachers that it may consist of. */
  dispose(): void;
}

/**
 * Runs one variant of one backbone with one seed: selects the model on validation, and reads the test split once. With `progress`, an
 * interrupted run resumes from its last checkpoint and gives bit-identical results. The engine must be loaded.
 */
export async function runVariant(options: RunOptions): Promise<FinishedRun> {
  const { settings, dataset } = options;
  const clock = new RunClock();
  const { variant, backbone, trainedOn, history, dispose } = await makeModel(options, clock);
  try {
    const observed = rankingView(backbone, trainedOn);
    const test = clock.evaluation(() => readTestSplit(backbone, observed, dataset, settings.measured));
    // Only for built-in variants: a third-party one may train on a modality differently from a teacher.
    if (variant.modality !== undefined && settings.variantPackage === undefined) {
      const cache = new TeacherCache(options.teachers, options.onDamage);
      await cache.store(teacherIdentity(options, variant.modality), rankingTables(backbone, observed));
    }
    const { trainableCount } = backbone.parameters;
    return { record: recordOf(options, trainableCount, history, test, clock.times()), backbone, observed, dispose };
  } catch (error) {
    dispose();
    throw error;
  }
}

/** What a trial has in addition to a run. */
export interface TrialTask {
  readonly id: string;
  readonly values: Choice;
}

/** Trains a model and measures it on validation. The test split is removed first, so that nothing can read it. */
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
