import {
  createSampler,
  RandomStreams,
  rankingTables,
  rankingView,
  type Teacher,
  teacherFromTables,
  train,
} from '@balanced-rec/ckd-core';
import { type Backbone, type BackboneDefinition, only } from '@balanced-rec/ckd-core/backbone';
import type { Dataset } from '@balanced-rec/datasets';
import * as tf from '@tensorflow/tfjs-core';
import { drawProbe } from '../evaluation/margin-probe.js';
import { validate } from '../evaluation/validate.js';
import type { RunSettings } from '../plan/run-settings.js';
import { loadVariant } from '../variants/load-variant.js';
import type { Variant } from '../variants/variant.js';

/** The peak memory of a training, in bytes. */
export interface TensorBytes {
  /** The engine's tensors: parameters, Adam's moments, features, graphs, and those of a step and an evaluation. */
  readonly tensors: number;
  /** The parameters alone. */
  readonly parameters: number;
}

/**
 * Runs one training step and one evaluation on a dataset, and measures the engine's memory. Calls backbones and variants only as training
 * does.
 */
export async function probeTensors(
  settings: RunSettings,
  dataset: Dataset,
  definition: BackboneDefinition,
  batchSize: number,
): Promise<TensorBytes> {
  const { modalities } = settings.dataset;
  const variant = await loadVariant({ name: settings.variant, package: settings.variantPackage }, modalities);
  const before = tf.memory().numBytes;
  const made: { dispose(): void }[] = [];
  let parameters = 0;
  try {
    const { peakBytes } = await tf.profile(async () => {
      const random = new RandomStreams(settings.seed);
      const backbone = definition.create({ data: dataset, config: settings.backbone.config, modalities, random });
      made.push(backbone);
      parameters = 4 * [...backbone.parameters.snapshot().values()].reduce((sum, { values }) => sum + values.length, 0);
      const teachers = variant.needsTeachers ? standIns(backbone, made) : [];
      await trainOneStep(variant, backbone, teachers, settings, dataset, random, batchSize);
      return [];
    });
    return { tensors: peakBytes - before, parameters };
  } finally {
    for (const one of made.reverse()) one.dispose();
  }
}

/** Stand-in teachers with the backbone's own shape, the only thing that memory depends on. */
function standIns(backbone: Backbone, made: { dispose(): void }[]): Teacher[] {
  return backbone.modalities.map((modality) => {
    const teacher = teacherFromTables(modality, rankingTables(backbone, only(backbone.modalities, modality)));
    made.push(teacher);
    return teacher;
  });
}

async function trainOneStep(
  variant: Variant,
  backbone: Backbone,
  teachers: readonly Teacher[],
  settings: RunSettings,
  dataset: Dataset,
  random: RandomStreams,
  batchSize: number,
): Promise<void> {
  const { protocol, distillation, modulation, measured } = settings;
  const trainedOn = variant.modality === undefined ? backbone.modalities : only(backbone.modalities, variant.modality);
  const options = { dataset, split: dataset.validation, measured, probe: drawProbe(dataset, settings.seed) };
  const evaluate = () => validate(backbone, 'model' in variant ? rankingView(backbone, trainedOn) : trainedOn, options);
  if ('model' in variant) return void evaluate();
  const sampler = createSampler(protocol.sampler, { data: dataset, batchSize, random: random.stream('sampling') });
  await train({
    objective: variant.objective({ dataset, backbone, teachers, random, distillation, modulation }),
    sampler: {
      steps: 1,
      *epoch() {
        for (const batch of sampler.epoch()) {
          yield batch;
          return;
        }
      },
    },
    random,
    protocol: { ...protocol, evaluateEvery: 1, maxEpochs: 1 },
    validate: evaluate,
  });
}
