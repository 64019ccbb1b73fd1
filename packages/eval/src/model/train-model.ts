import type { BackboneDefinition, Protocol } from '@balanced-rec/ckd-core';
import { type Dataset, readDataset } from '@balanced-rec/datasets';
import type { DamageListener } from '@balanced-rec/files';
import { loadBackbone, readDatasetIds, startEngine } from '@balanced-rec/models';
import type { RunRecord } from '@balanced-rec/report';
import { requireEnoughItems, SELECTION_CUTOFF } from '../evaluation/validate.js';
import { thisMachine } from '../machine/this-machine.js';
import { expectMemory, largestNeed } from '../memory/memory-need.js';
import { METRIC_NAMES } from '../metrics/metric-name.js';
import type { PlannedRun } from '../plan/plan.js';
import { runId } from '../plan/run-settings.js';
import type { RunEvent, RunOptions } from '../runs/run-options.js';
import { RunStore } from '../store/run-store.js';
import { checkVariant } from '../variants/load-variant.js';
import { runAndSave } from './run-and-save.js';

/** Seconds between checkpoints of a training in progress. */
const CHECKPOINT_SECONDS = 30;

/** One model to train, and where to save it. */
export interface TrainModelOptions {
  /** The dataset's folder. */
  readonly data: string;
  readonly backbone: {
    readonly name: string;
    /** The package to import it from, for a third-party backbone. */
    readonly package?: string | undefined;
    /** Overrides of its configuration. */
    readonly config?: Readonly<Record<string, unknown>> | undefined;
  };
  readonly variant: string;
  /** The seed of all randomness. */
  readonly seed: number;
  readonly protocol: Protocol;
  /** `auto`, or an engine's name. */
  readonly engine: string;
  /** The output folder, laid out like a comparison's with one run. */
  readonly out: string;
  /** Whether the model keeps its users' interactions; true by default. See {@link CompareOptions}. */
  readonly saveInteractions?: boolean | undefined;
  /** Where an option was given, for errors; the option's name by default. */
  readonly placeOf?: ((option: 'backbone' | 'engine' | 'variant') => string) | undefined;
  readonly listener?: TrainModelListener | undefined;
  readonly signal?: AbortSignal | undefined;
}

/** Is told about the progress of a training. */
export interface TrainModelListener {
  /** The dataset was read. */
  read?(dataset: Dataset): void;
  /** The memory that the training is expected to need, and the free memory, in bytes. */
  estimated?(bytes: number, freeBytes: number): void;
  /** The training starts, or resumes. */
  started?(run: PlannedRun): void;
  /** An epoch has ended, of the model or of a teacher. */
  event?(event: RunEvent): void;
  damaged?: DamageListener;
}

/** A finished training. */
export interface TrainedModel {
  readonly record: RunRecord;
  /** The model's folder; undefined for a variant that trains nothing, such as `popularity`. */
  readonly folder: string | undefined;
}

/**
 * Trains one model and the teachers that it needs, and saves it with its record. An interrupted training resumes from its last
 * checkpoint. Everything is checked before the training starts.
 *
 * @throws BalancedRecError `engine/...`, `backbone/...`, `dataset/...`, `variant/...`, `config/invalid`, `run/too-little-memory`,
 * `files/...`; the signal's reason when aborted
 */
export async function trainModel(options: TrainModelOptions): Promise<TrainedModel> {
  const { signal, listener = {} } = options;
  const { run, dataset, definition } = await planModel(options);
  listener.read?.(dataset);
  await expectEnoughMemory(run, dataset, definition, options);
  signal?.throwIfAborted();
  const store = new RunStore(options.out);
  return store.hold(async () => {
    listener.started?.(run);
    const runOptions: RunOptions = {
      settings: run.settings,
      dataset,
      definition,
      teachers: store.teachers,
      neighbours: store.neighbours,
      progress: { file: store.progressFile(run.id), everySeconds: CHECKPOINT_SECONDS },
      signal,
      onDamage: listener.damaged,
      onEvent: (event) => listener.event?.(event),
    };
    const record = await runAndSave(store, runOptions, options.saveInteractions ?? true);
    const isTrained = record.result.stoppedBy !== 'untrained';
    return { record, folder: isTrained ? store.modelFolder(record.id) : undefined };
  });
}

interface PlannedModel {
  readonly run: PlannedRun;
  readonly dataset: Dataset;
  readonly definition: BackboneDefinition;
}

async function planModel(options: TrainModelOptions): Promise<PlannedModel> {
  const { data, backbone, seed, protocol, placeOf = (option) => option } = options;
  const engine = await startEngine(options.engine, placeOf('engine'));
  const named = await loadBackbone(backbone.name, backbone.package, placeOf('backbone'));
  const config = named.parseConfig(backbone.config ?? {});
  const dataset = await readDataset(data);
  await readDatasetIds(dataset);
  const variant = await checkVariant({ name: options.variant }, dataset, placeOf('variant'));
  // A floor replaces the named backbone with its own model.
  const { floor } = variant;
  const measured = { metrics: METRIC_NAMES, cutoffs: [10, SELECTION_CUTOFF] };
  requireEnoughItems(dataset.itemCount, dataset.name);
  const settings = {
    dataset: { name: dataset.name, path: data, modalities: dataset.modalities },
    backbone: floor
      ? { name: floor.name, config: floor.parseConfig({}) }
      : { name: backbone.name, package: backbone.package, config },
    ...{ variant: variant.name, seed, protocol, distillation: {}, modulation: {}, measured, engine: engine.name },
  };
  const run = { id: runId(settings), settings, after: [], kind: variant.kind ?? variant.name };
  return { run, dataset, definition: floor ?? named };
}

/** @throws BalancedRecError `run/too-little-memory` */
async function expectEnoughMemory(
  run: PlannedRun,
  dataset: Dataset,
  definition: BackboneDefinition,
  { signal, listener }: TrainModelOptions,
): Promise<void> {
  const datasets = new Map([[dataset.name, dataset]]);
  const definitions = new Map([[run.settings.backbone.name, definition]]);
  const need = await largestNeed([run], { datasets, definitions }, signal);
  if (!need) return;
  const { freeBytes } = thisMachine();
  expectMemory(need, freeBytes);
  listener?.estimated?.(need.bytes, freeBytes);
}
