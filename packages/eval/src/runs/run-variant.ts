import {
  type Backbone,
  type BackboneDefinition,
  createSampler,
  distill,
  type EpochEvent,
  embeddingTables,
  type Objective,
  type ObservedSet,
  objectiveOf,
  only,
  RandomStreams,
  type Teacher,
  type TrainingResult,
  teacherFromTables,
  train,
  uniformPairs,
  type Validation,
} from '@balanced-rec/ckd-core';
import { TeacherCache, type TeacherIdentity } from '@balanced-rec/ckd-core/node';
import type { Dataset } from '@balanced-rec/datasets';
import type { RunRecord } from '../report/run-record.js';
import { evaluateBackbone } from './evaluate-backbone.js';
import { packageVersions } from './package-versions.js';
import { type RunSettings, runId } from './run-settings.js';
import { parseVariant, type Variant } from './variant.js';

/** What model selection maximises. */
export const SELECTION_METRIC = 'recall@20';

export interface RunOptions {
  readonly settings: RunSettings;
  readonly dataset: Dataset;
  readonly definition: BackboneDefinition;
  /** Where teachers are kept; a missing one is trained and stored. */
  readonly teachers: string;
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
  readonly observed: ObservedSet;
}

/**
 * Trains one variant of one backbone with one seed, model selection on validation, test read once.
 * The engine must be loaded.
 */
export async function runVariant(options: RunOptions): Promise<FinishedRun> {
  const { settings, dataset, definition } = options;
  const variant = parseVariant(settings.variant, dataset.modalities);
  const startedAt = new Date();
  const clock = new RunClock();
  const teachers = variant.kind === 'distilled' ? await obtainTeachers(options) : [];
  const random = new RandomStreams(settings.seed);
  const backbone = definition.create({
    data: dataset,
    config: settings.backbone.config,
    modalities: dataset.modalities,
    random,
  });
  try {
    const observed = variant.kind === 'only' ? only(dataset.modalities, variant.modality) : dataset.modalities;
    const objective = objectiveFor(variant, backbone, observed, teachers, options, random);
    const trained = await train({
      objective,
      random,
      sampler: createSampler(settings.protocol.sampler, {
        data: dataset,
        batchSize: settings.protocol.batchSize,
        random: random.stream('sampling'),
      }),
      protocol: settings.protocol,
      validate: () => clock.evaluation(() => validate(backbone, observed, options)),
      onEvent: (event) => options.onEvent?.({ ...event, variant: variant.name }),
      ...(options.signal ? { signal: options.signal } : {}),
    });
    const test = clock.evaluation(() => evaluateBackbone(backbone, observed, dataset, dataset.test, settings.measured));
    if (variant.kind === 'only') {
      const cache = new TeacherCache(options.teachers);
      await cache.store(teacherIdentity(options, variant.modality), embeddingTables(backbone, observed));
    }
    const record = recordOf(options, backbone, trained, test.mean, clock.times(startedAt));
    return { record, backbone, observed };
  } catch (error) {
    backbone.dispose();
    throw error;
  } finally {
    for (const teacher of teachers) teacher.dispose();
  }
}

function objectiveFor(
  variant: Variant,
  backbone: Backbone,
  observed: ObservedSet,
  teachers: readonly Teacher[],
  { settings, dataset }: RunOptions,
  random: RandomStreams,
): Objective {
  if (variant.kind !== 'distilled') return objectiveOf(backbone, observed);
  const distillation = { ...settings.distillation, ...variant.options };
  const pairs = uniformPairs(dataset, distillation.pairsPerStep ?? 5000, random.stream('distillation'));
  return distill(backbone, teachers, pairs, distillation);
}

function validate(backbone: Backbone, observed: ObservedSet, { settings, dataset }: RunOptions): Validation {
  const view = (seen: ObservedSet) =>
    evaluateBackbone(backbone, seen, dataset, dataset.validation, settings.measured).mean;
  const metrics = view(observed);
  const isJoint = observed.length === dataset.modalities.length && observed.length > 1;
  const views = isJoint
    ? Object.fromEntries(dataset.modalities.map((m) => [`only:${m}`, view(only(dataset.modalities, m))]))
    : undefined;
  return { score: metrics[SELECTION_METRIC]!, metrics, ...(views ? { views } : {}) };
}

async function obtainTeachers(options: RunOptions): Promise<Teacher[]> {
  const cache = new TeacherCache(options.teachers);
  const teachers: Teacher[] = [];
  for (const modality of options.dataset.modalities) {
    const identity = teacherIdentity(options, modality);
    let tables = await cache.find(identity);
    if (!tables) {
      const settings = { ...options.settings, variant: `only:${modality}` };
      const { backbone, observed } = await runVariant({ ...options, settings });
      tables = embeddingTables(backbone, observed);
      backbone.dispose();
    }
    teachers.push(teacherFromTables(modality, tables));
  }
  return teachers;
}

function teacherIdentity({ settings, dataset, definition }: RunOptions, modality: string): TeacherIdentity {
  return {
    dataHash: dataset.hash,
    backbone: definition.name,
    config: definition.parseConfig(settings.backbone.config),
    protocol: settings.protocol,
    modalities: dataset.modalities,
    modality,
    seed: settings.seed,
    engine: settings.engine,
    versions: packageVersions(),
  };
}

function recordOf(
  { settings, dataset }: RunOptions,
  backbone: Backbone,
  { bestEpoch, best, epochs, stoppedBy, history }: TrainingResult,
  test: Readonly<Record<string, number>>,
  times: RunRecord['times'],
): RunRecord {
  return {
    format: 1,
    id: runId(settings),
    dataset: {
      name: settings.dataset.name,
      hash: dataset.hash,
      users: dataset.userCount,
      items: dataset.itemCount,
      train: dataset.train.items.length,
      validation: dataset.validation.items.length,
      test: dataset.test.items.length,
    },
    backbone: backbone.name,
    backboneConfig: backbone.config,
    variant: settings.variant,
    seed: settings.seed,
    protocol: { ...settings.protocol, distillation: settings.distillation },
    engine: settings.engine,
    result: { bestEpoch, epochs, stoppedBy, validation: best.metrics, test },
    curve: history.map(({ epoch, losses, measures, validation }) => ({
      epoch,
      losses,
      measures,
      ...(validation ? { validation: validation.metrics } : {}),
      ...(validation?.views ? { views: validation.views } : {}),
    })),
    parameters: backbone.parameters.trainableCount,
    versions: packageVersions(),
    times,
  };
}

/** Tells training from evaluation time. */
class RunClock {
  readonly #start = performance.now();
  #evaluating = 0;

  evaluation<T>(work: () => T): T {
    const start = performance.now();
    try {
      return work();
    } finally {
      this.#evaluating += performance.now() - start;
    }
  }

  times(startedAt: Date): RunRecord['times'] {
    const wall = performance.now() - this.#start;
    const seconds = (milliseconds: number) => Math.round(milliseconds) / 1000;
    return {
      startedAt: startedAt.toISOString(),
      wallSeconds: seconds(wall),
      trainSeconds: seconds(wall - this.#evaluating),
      evaluateSeconds: seconds(this.#evaluating),
      peakMemoryBytes: process.resourceUsage().maxRSS * 1024,
    };
  }
}
