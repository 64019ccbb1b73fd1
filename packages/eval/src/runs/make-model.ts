import { fit, RandomStreams, type Teacher, type TrainingCheckpoints } from '@balanced-rec/ckd-core';
import { type Backbone, type ObservedSet, only } from '@balanced-rec/ckd-core/backbone';
import { TrainingCheckpointFile } from '@balanced-rec/ckd-core/node';
import { drawProbe } from '../evaluation/margin-probe.js';
import { type ValidateOptions, validate, validationSplit } from '../evaluation/validate.js';
import { checkpointIdentity } from '../plan/run-identity.js';
import { loadVariant } from '../variants/load-variant.js';
import type { TrainedVariant, UntrainedVariant, Variant } from '../variants/variant.js';
import { obtainTeachers } from './obtain-teachers.js';
import type { ModelHistory } from './record-of.js';
import type { RunClock, SavedTimes } from './run-clock.js';
import { fitOptions, type RunOptions } from './run-options.js';

/** A model with the parameters of its best epoch. */
export interface MadeModel {
  readonly variant: Variant;
  readonly backbone: Backbone;
  /** The modalities that it is trained on. */
  readonly trainedOn: ObservedSet;
  readonly history: ModelHistory;
  /** Frees the backbone and the teachers that it may consist of. */
  dispose(): void;
}

/** Makes a variant's model: trains it, with its teachers if it needs them, or assembles it without training. */
export async function makeModel(options: RunOptions, clock: RunClock): Promise<MadeModel> {
  const { settings, dataset } = options;
  const { modalities } = dataset;
  const variant = await loadVariant({ name: settings.variant, package: settings.variantPackage }, modalities);
  const trainedOn = variant.modality === undefined ? modalities : only(modalities, variant.modality);
  const validation = {
    dataset,
    split: validationSplit(dataset, settings.protocol, settings.seed),
    measured: settings.measured,
    probe: drawProbe(dataset, settings.seed),
  };
  const teachers = variant.needsTeachers ? await obtainTeachers(options, validation) : [];
  const freeTeachers = () => {
    for (const teacher of teachers) teacher.dispose();
  };
  try {
    const { backbone, history } =
      'model' in variant
        ? untrainedModel(variant, trainedOn, teachers, options, validation, clock)
        : await trainedModel(variant, trainedOn, teachers, options, validation, clock);
    const dispose = () => {
      backbone.dispose();
      freeTeachers();
    };
    return { variant, backbone, trainedOn, history, dispose };
  } catch (error) {
    freeTeachers();
    throw error;
  }
}

type Made = Pick<MadeModel, 'backbone' | 'history'>;

async function trainedModel(
  variant: TrainedVariant,
  trainedOn: ObservedSet,
  teachers: readonly Teacher[],
  options: RunOptions,
  validation: ValidateOptions,
  clock: RunClock,
): Promise<Made> {
  const { settings, dataset, progress } = options;
  const { distillation, modulation } = settings;
  const checkpoints = progress && runCheckpoints(progress, options, clock);
  const { backbone, training } = await fit({
    ...fitOptions(options, variant.name),
    checkpoints,
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
): Made {
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

/** Stores a run's state in a file, together with its times so far, from which `clock` resumes. */
export function runCheckpoints(
  { file, everySeconds }: NonNullable<RunOptions['progress']>,
  options: RunOptions,
  clock: RunClock,
): TrainingCheckpoints {
  const checkpoints = new TrainingCheckpointFile(file, {
    identity: checkpointIdentity(options),
    everySeconds,
    notes: () => clock.save(),
    onDamage: options.onDamage,
  });
  return {
    load: async () => {
      const state = await checkpoints.load();
      if (state) clock.goOnFrom(checkpoints.savedNotes as SavedTimes);
      return state;
    },
    offer: (state) => checkpoints.offer(state),
  };
}
