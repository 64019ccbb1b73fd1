import type { BackboneDefinition } from '@balanced-rec/ckd-core';
import type { Dataset } from '@balanced-rec/datasets';
import type { EngineName } from '@balanced-rec/tfjs-kernels';
import type { RunSettings } from '../plan/run-settings.js';
import { probeTensors, type TensorBytes } from './probe-tensors.js';
import { reducedDataset } from './reduced-dataset.js';

/** Training interactions of the larger of the two datasets that are tried. */
const INTERACTIONS = 20_000;

/** What a run holds at most, in bytes, by what it is made of. */
export interface RunBytes extends TensorBytes {
  /** Of the dataset as JavaScript holds it. */
  readonly data: number;
  /** Of the whole process. */
  readonly total: number;
}

/**
 * How much memory the process of a run will need. The run is tried for one step and one evaluation on two small shares of its data,
 * with that share of its batch; what is held grows with the share in a straight line, which is drawn on to the whole.
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

/** Node.js with an engine, and how much of what a run holds its process holds in the end; fitted to peaks, see docs/faults.md. */
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
