import {
  type Backbone,
  type BackboneDefinition,
  distill,
  type EpochEvent,
  embeddingTables,
  fit,
  type Objective,
  type ObservedSet,
  objectiveOf,
  only,
  type RandomStreams,
  rankingView,
  type Teacher,
  type TrainingResult,
  teacherFromTables,
  teacherTables,
  trainTeacher,
  uniformPairs,
  type Validation,
} from '@balanced-rec/ckd-core';
import { NeighbourFolder, TeacherCache, type TeacherIdentity } from '@balanced-rec/ckd-core/node';
import type { Dataset } from '@balanced-rec/datasets';
import type { RunRecord } from '../report/run-record.js';
import { evaluateBackbone } from './evaluate-backbone.js';
import { packageVersions } from './package-versions.js';
import { readTestSplit, type TestResult } from './read-test-split.js';
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
  /** Where the item graphs of the features are kept, for every run that needs them. */
  readonly neighbours: string;
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
 * Trains one variant of one backbone with one seed, model selection on validation, test read once.
 * The engine must be loaded.
 */
export async function runVariant(options: RunOptions): Promise<FinishedRun> {
  const { settings, dataset } = options;
  const variant = parseVariant(settings.variant, dataset.modalities);
  const trainedOn = variant.kind === 'only' ? only(dataset.modalities, variant.modality) : dataset.modalities;
  const startedAt = new Date();
  const clock = new RunClock();
  const teachers = variant.kind === 'distilled' ? await obtainTeachers(options) : [];
  const { backbone, training } = await fit({
    ...fitOptions(options, variant.name),
    objective: (model, random) => objectiveFor(variant, model, trainedOn, teachers, options, random),
    validate: (model) => clock.evaluation(() => validate(model, trainedOn, options)),
  }).finally(() => {
    for (const teacher of teachers) teacher.dispose();
  });
  try {
    const observed = rankingView(backbone, trainedOn);
    const test = clock.evaluation(() => readTestSplit(backbone, observed, dataset, settings.measured));
    if (variant.kind === 'only') {
      const cache = new TeacherCache(options.teachers);
      await cache.store(teacherIdentity(options, variant.modality), embeddingTables(backbone, observed));
    }
    const record = recordOf(options, backbone, training, test, clock.times(startedAt));
    return { record, backbone, observed };
  } catch (error) {
    backbone.dispose();
    throw error;
  }
}

/** What all models of a run are trained with; events are told as those of `variant`. */
function fitOptions({ settings, dataset, definition, neighbours, onEvent, signal }: RunOptions, variant: string) {
  return {
    definition,
    data: dataset,
    config: settings.backbone.config,
    modalities: dataset.modalities,
    seed: settings.seed,
    protocol: settings.protocol,
    neighbourCache: new NeighbourFolder(neighbours),
    onEvent: (event: EpochEvent) => onEvent?.({ ...event, variant }),
    ...(signal ? { signal } : {}),
  };
}

function objectiveFor(
  variant: Variant,
  backbone: Backbone,
  trainedOn: ObservedSet,
  teachers: readonly Teacher[],
  { settings, dataset }: RunOptions,
  random: RandomStreams,
): Objective {
  if (variant.kind !== 'distilled') return objectiveOf(backbone, trainedOn);
  const distillation = { ...settings.distillation, ...variant.options };
  const pairs = uniformPairs(dataset, distillation.pairsPerStep ?? 5000, random.stream('distillation'));
  return distill(backbone, teachers, pairs, distillation);
}

function validate(backbone: Backbone, trainedOn: ObservedSet, { settings, dataset }: RunOptions): Validation {
  const view = (seen: ObservedSet) =>
    evaluateBackbone(backbone, seen, dataset, dataset.validation, settings.measured).mean;
  const metrics = view(rankingView(backbone, trainedOn));
  const isJoint = trainedOn.length === dataset.modalities.length && trainedOn.length > 1;
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
    const stored = await cache.find(identity);
    const teacher = stored
      ? teacherFromTables(modality, stored)
      : await trainTeacher({
          ...fitOptions(options, `only:${modality}`),
          modality,
          // The view that the teacher ranks with follows from what it is trained on, as for a run of its own.
          validate: (model) => validate(model, only(options.dataset.modalities, modality), options),
        });
    teachers.push(teacher);
    if (!stored) await cache.store(identity, teacherTables(teacher));
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
  { test, users, groups }: TestResult,
  times: RunRecord['times'],
): RunRecord {
  return {
    format: 2,
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
    users,
    groups,
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
