import type { BackboneDefinition } from '@balanced-rec/ckd-core';
import type { Dataset } from '@balanced-rec/datasets';
import { type Interactions, itemsOf } from '@balanced-rec/interactions';
import type { EngineName } from '@balanced-rec/tfjs-kernels';
import type { RunSettings } from '../plan/run-settings.js';
import { probeTensors, type TensorBytes } from './probe-tensors.js';

/** Number of training interactions in the larger of the two probed datasets. */
const INTERACTIONS = 20_000;

/** The peak memory of a run in bytes, by component. */
export interface RunBytes extends TensorBytes {
  /** The dataset in JavaScript's memory. */
  readonly data: number;
  /** The whole process. */
  readonly total: number;
}

/**
 * Estimates how much memory a run's process will need. Probes one step and one evaluation on two small shares of its data, with the same
 * share of its batch. Memory grows linearly with the share, so the line is extrapolated to the whole.
 */
export async function runMemory(
  settings: RunSettings,
  dataset: Dataset,
  definition: BackboneDefinition,
): Promise<RunBytes> {
  const count = dataset.train.items.length;
  const share = Math.min(0.5, INTERACTIONS / Math.max(1, count));
  const [small, large] = [await at(share / 2), await at(share)] as const;
  const whole = (part: keyof TensorBytes) =>
    Math.max(large[part], large[part] + ((large[part] - small[part]) * (1 - share)) / (share / 2));
  const bytes = { tensors: whole('tensors'), parameters: whole('parameters'), data: dataBytes(dataset) };
  return { ...bytes, total: processBytes(settings.engine, bytes) };

  function at(part: number): Promise<TensorBytes> {
    const least = 2 * Math.max(...settings.measured.cutoffs);
    const batchSize = Math.max(1, Math.round(settings.protocol.batchSize * part));
    return probeTensors(settings, reducedDataset(dataset, part, least), definition, batchSize);
  }
}

function dataBytes({ features, train, validation, test }: Dataset): number {
  const floats = Object.values(features).reduce((sum, { values }) => sum + values.length, 0);
  return 4 * (floats + train.items.length + validation.items.length + test.items.length);
}

/** The base of Node.js with an engine, and the factor of each component in the process; fitted to peaks, see docs/faults.md. */
const MODEL: Readonly<Record<EngineName, { base: number; tensors: number; parameters: number; data: number }>> = {
  wasm: { base: 205e6, tensors: 1, parameters: 2, data: 1 },
  cpu: { base: 205e6, tensors: 1, parameters: 2, data: 1 },
  native: { base: 540e6, tensors: 0.9, parameters: 2, data: 1 },
  gpu: { base: 540e6, tensors: 0.9, parameters: 2, data: 1 },
};

function processBytes(engine: EngineName, { tensors, parameters, data }: Omit<RunBytes, 'total'>): number {
  const model = MODEL[engine];
  return model.base + model.tensors * tensors + model.parameters * parameters + model.data * data;
}

/**
 * Reduces a dataset to a share of its users and items, and about that share of its interactions: the first users, with their item numbers
 * taken modulo the remaining items. Everything that memory depends on scales like the whole.
 */
export function reducedDataset(dataset: Dataset, share: number, leastItems: number): Dataset {
  const userCount = Math.max(1, Math.ceil(dataset.userCount * share));
  const itemCount = Math.min(dataset.itemCount, Math.max(leastItems, Math.ceil(dataset.itemCount * share)));
  const features = Object.fromEntries(
    Object.entries(dataset.features).map(([modality, { columns, values }]) => [
      modality,
      { rows: itemCount, columns, values: values.subarray(0, itemCount * columns) },
    ]),
  );
  const [train, validation, test] = [dataset.train, dataset.validation, dataset.test].map((split) =>
    reducedSplit(split, userCount, itemCount),
  ) as [Interactions, Interactions, Interactions];
  return { ...dataset, userCount, itemCount, features, train, validation, test };
}

function reducedSplit(split: Interactions, userCount: number, itemCount: number): Interactions {
  const kept: number[] = [];
  const starts = new Int32Array(userCount + 1);
  for (let user = 0; user < userCount; user++) {
    const own = new Set<number>();
    for (const item of itemsOf(split, user)) own.add(item % itemCount);
    // A user with all items would leave none to draw as a negative.
    for (const item of [...own].sort((a, b) => a - b).slice(0, Math.max(1, itemCount - 1))) kept.push(item);
    starts[user + 1] = kept.length;
  }
  return { offsets: starts, items: Int32Array.from(kept) };
}
