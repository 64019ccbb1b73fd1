import {
  type Backbone,
  type BackboneDefinition,
  type EpochEvent,
  embeddingTables,
  fit,
  type ObservedSet,
  only,
  RandomStreams,
  rankingView,
  type Teacher,
} from '@balanced-rec/ckd-core';
import { TeacherCache } from '@balanced-rec/ckd-core/node';
import type { Dataset } from '@balanced-rec/datasets';
import type { RunRecord } from '../report/run-record.js';
import { loadVariant } from '../variants/load-variant.js';
import type { UntrainedVariant, Variant } from '../variants/variant.js';
import { fitOptions } from './fit-options.js';
import { drawProbe } from './margin-probe.js';
import { obtainTeachers, teacherIdentity } from './obtain-teachers.js';
import { readTestSplit } from './read-test-split.js';
import { type ModelHistory, recordOf } from './record-of.js';
import { runCheckpoints } from './run-checkpoints.js';
import { RunClock } from './run-clock.js';
import type { RunSettings } from './run-settings.js';
import { type ValidateOptions, validate } from './validate.js';

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
  readonly onEvent?: (event: RunEvent) => void;
  readonly signal?: AbortSignal;
}

/** An epoch of a run, or of the teacher `only:<modality>` that it needs first. */
export interface RunEvent extends EpochEvent {
  readonly variant: string;
}

/** A finished run: its record, and the model with the best epoch's parameters, which the caller disposes. */
export interface FinishedRun {
  readonly record: RunRecord;
  readonly backbone: Backbone;
  /** The view that the model ranks with. */
  readonly observed: ObservedSet;
}

/**
 * Makes one variant of one backbone with one seed: model selection on validation, test read once. With `progress`, a run that was
 * interrupted goes on from its last checkpoint and ends at the same bits. The engine must be loaded.
 */
export async function runVariant(options: RunOptions): Promise<FinishedRun> {
  const { settings, dataset } = options;
  const { modalities } = dataset;
  const variant = await loadVariant({ name: settings.variant, package: settings.variantPackage }, modalities);
  const trainedOn = variant.modality === undefined ? modalities : only(modalities, variant.modality);
  const clock = new RunClock();
  const validation = { dataset, measured: settings.measured, probe: drawProbe(dataset, settings.seed) };
  const teachers = variant.needsTeachers ? await obtainTeachers(options, validation) : [];
  try {
    const { backbone, history } = await modelOf(variant, trainedOn, teachers, options, validation, clock);
    try {
      const observed = rankingView(backbone, trainedOn);
      const test = clock.evaluation(() => readTestSplit(backbone, observed, dataset, settings.measured));
      // Of our own variants alone: somebody else's may train on a modality in a way that is no teacher's.
      if (variant.modality !== undefined && settings.variantPackage === undefined) {
        const cache = new TeacherCache(options.teachers);
        await cache.store(teacherIdentity(options, variant.modality), embeddingTables(backbone, observed));
      }
      // The configuration asked for, also where the model is none of the definition's, as an ensemble of its teachers is not.
      const config = options.definition.parseConfig(settings.backbone.config);
      const made = { config, trainableCount: backbone.parameters.trainableCount };
      return { record: recordOf(options, made, history, test, clock.times()), backbone, observed };
    } catch (error) {
      backbone.dispose();
      throw error;
    }
  } finally {
    for (const teacher of teachers) teacher.dispose();
  }
}

interface MadeModel {
  readonly backbone: Backbone;
  readonly history: ModelHistory;
}

async function modelOf(
  variant: Variant,
  trainedOn: ObservedSet,
  teachers: readonly Teacher[],
  options: RunOptions,
  validation: ValidateOptions,
  clock: RunClock,
): Promise<MadeModel> {
  if ('model' in variant) return untrainedModel(variant, trainedOn, teachers, options, validation, clock);
  const { settings, dataset, progress } = options;
  const { distillation, modulation } = settings;
  const checkpoints = progress && runCheckpoints(progress, options, clock);
  const { backbone, training } = await fit({
    ...fitOptions(options, variant.name),
    ...(checkpoints ? { checkpoints } : {}),
    objective: (model, random) =>
      variant.objective({ dataset, backbone: model, teachers, random, distillation, modulation }),
    validate: (model) => clock.evaluation(() => validate(model, trainedOn, validation)),
  });
  return { backbone, history: training };
}

function untrainedModel(
  variant: UntrainedVariant,
  trainedOn: ObservedSet,
  teachers: readonly Teacher[],
  options: RunOptions,
  validation: ValidateOptions,
  clock: RunClock,
): MadeModel {
  const { dataset, definition, settings } = options;
  const backbone = variant.model({
    dataset,
    teachers,
    definition,
    create: () => {
      const { data, config, modalities, neighbourCache } = fitOptions(options, variant.name);
      const random = new RandomStreams(settings.seed);
      return definition.create({ data, config, modalities: modalities!, random, neighbourCache: neighbourCache! });
    },
  });
  const best = clock.evaluation(() => validate(backbone, trainedOn, validation));
  const history = [{ epoch: 0, losses: {}, measures: {}, validation: best }];
  return { backbone, history: { bestEpoch: 0, best, epochs: 0, stoppedBy: 'untrained', history } };
}
