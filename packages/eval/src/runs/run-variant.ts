import { type EpochEvent, rankingTables, rankingView } from '@balanced-rec/ckd-core';
import type { Backbone, BackboneDefinition, ObservedSet } from '@balanced-rec/ckd-core/backbone';
import { TeacherCache } from '@balanced-rec/ckd-core/node';
import type { Dataset } from '@balanced-rec/datasets';
import type { DamageListener } from '@balanced-rec/files';
import type { RunRecord } from '../report/run-record.js';
import { makeModel } from './make-model.js';
import { teacherIdentity } from './obtain-teachers.js';
import { readTestSplit } from './read-test-split.js';
import { recordOf } from './record-of.js';
import { RunClock } from './run-clock.js';
import type { RunSettings } from './run-settings.js';

/** One run: a variant of a backbone on a dataset with a seed. */
export interface RunOptions {
  readonly settings: RunSettings;
  readonly dataset: Dataset;
  readonly definition: BackboneDefinition;
  /** Where teachers are kept; a missing one is trained and stored. */
  readonly teachers: string;
  /** Where the item graphs of the features are kept, for every run that needs them. */
  readonly neighbours: string;
  /** Where its state is kept while it trains, to go on from after an interruption; it starts anew by default. */
  readonly progress?: { readonly file: string; readonly everySeconds: number };
  /** Hears every epoch as it ends, those of teachers too. */
  readonly onEvent?: (event: RunEvent) => void;
  /** Hears of kept files that are damaged, which are set aside and made again; by default they are warnings of Node.js. */
  readonly onDamage?: DamageListener;
  readonly signal?: AbortSignal;
}

/** An epoch of a run, or of the teacher `only:<modality>` that it needs first. */
export interface RunEvent extends EpochEvent {
  readonly variant: string;
}

/** A finished run: its record, and the model with the best epoch's parameters. */
export interface FinishedRun {
  readonly record: RunRecord;
  readonly backbone: Backbone;
  /** The view that the model ranks with. */
  readonly observed: ObservedSet;
  /** Frees the model, and the teachers that it may be made of. */
  dispose(): void;
}

/**
 * Makes one variant of one backbone with one seed: model selection on validation, test read once. With `progress`, a run that was
 * interrupted goes on from its last checkpoint and ends at the same bits. The engine must be loaded.
 */
export async function runVariant(options: RunOptions): Promise<FinishedRun> {
  const { settings, dataset } = options;
  const clock = new RunClock();
  const { variant, backbone, trainedOn, history, dispose } = await makeModel(options, clock);
  try {
    const observed = rankingView(backbone, trainedOn);
    const test = clock.evaluation(() => readTestSplit(backbone, observed, dataset, settings.measured));
    // Of our own variants alone: somebody else's may train on a modality in a way that is no teacher's.
    if (variant.modality !== undefined && settings.variantPackage === undefined) {
      const cache = new TeacherCache(options.teachers, options.onDamage);
      await cache.store(teacherIdentity(options, variant.modality), rankingTables(backbone, observed));
    }
    // The configuration asked for, also where the model is none of the definition's, as an ensemble of its teachers is not.
    const config = options.definition.parseConfig(settings.backbone.config);
    const made = { config, trainableCount: backbone.parameters.trainableCount };
    return { record: recordOf(options, made, history, test, clock.times()), backbone, observed, dispose };
  } catch (error) {
    dispose();
    throw error;
  }
}
