import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { protocols } from '@balanced-rec/ckd-core';
import { type Dataset, readDataset } from '@balanced-rec/datasets';
import { type RunSettings, runMemory } from '@balanced-rec/eval';
import { loadBackbone } from '@balanced-rec/models';
import type { RunRecord } from '@balanced-rec/report';
import { type EngineName, loadEngine } from '@balanced-rec/tfjs-kernels';
import { backboneNames } from '../backbone-names.js';
import { runWell } from '../faults/command-line.js';

export interface MemoryTask {
  readonly data: string;
  readonly engine: EngineName;
  readonly out: string;
  readonly batchSize: number;
}

/** A run's estimated memory and what it actually used. */
export interface MemoryPoint {
  readonly backbone: string;
  readonly variant: string;
  readonly tensors: number;
  readonly parameters: number;
  readonly data: number;
  readonly estimate: number;
  /** VmHWM of the run's process. */
  readonly peak: number;
  /** How far the estimate is above the peak, as a fraction of the peak. */
  readonly error: number;
  /** Time taken by the estimation. */
  readonly milliseconds: number;
}

/** Runs every backbone, plain and with CKD, each in a separate process, and compares its peak memory with the estimate. */
export async function measureMemory({ data, engine, out, batchSize }: MemoryTask) {
  const backbones = backboneNames.map((name) => `  - { name: ${name} }`).join('\n');
  const file = join(out, '..', `memory-${engine}.yaml`);
  mkdirSync(out, { recursive: true });
  writeFileSync(
    file,
    `datasets: [${resolve(data)}]\nbackbones:\n${backbones}\nvariants: [plain, ckd]\nengine: ${engine}\nprotocol: { name: mmrec, maxEpochs: 1, batchSize: ${batchSize} }\n`,
  );
  await runWell(['compare', file, '--out', out, '--jobs', '1']);
  await loadEngine(engine);
  const dataset = await readDataset(data);
  const points: MemoryPoint[] = [];
  for (const record of recordsIn(out)) points.push(await pointOf(record, dataset, data, batchSize));
  const { name, userCount, itemCount, train, features } = dataset;
  const columns = Object.fromEntries(Object.entries(features).map(([modality, matrix]) => [modality, matrix.columns]));
  const described = { name, users: userCount, items: itemCount, training: train.items.length, columns };
  return { engine, batchSize, dataset: described, points };
}

function recordsIn(out: string): RunRecord[] {
  const runs = join(out, 'runs');
  const records = readdirSync(runs).map((name) => JSON.parse(readFileSync(join(runs, name), 'utf8')) as RunRecord);
  return records.filter(({ variant }) => variant === 'plain' || variant === 'ckd');
}

async function pointOf(
  { backbone, backboneConfig, variant, engine, times }: RunRecord,
  dataset: Dataset,
  path: string,
  batchSize: number,
): Promise<MemoryPoint> {
  const settings: RunSettings = {
    dataset: { name: dataset.name, path, modalities: dataset.modalities },
    backbone: { name: backbone, config: backboneConfig },
    ...{ variant, seed: 1, distillation: {}, modulation: {} },
    protocol: { ...protocols.mmrec, maxEpochs: 1, batchSize },
    measured: { metrics: ['recall'], cutoffs: [20] },
    engine: engine as EngineName,
  };
  const start = performance.now();
  const { tensors, parameters, data, total } = await runMemory(settings, dataset, await loadBackbone(backbone));
  return {
    ...{ backbone, variant, tensors, parameters, data, estimate: total, peak: times.peakMemoryBytes },
    error: Math.round(1000 * (total / times.peakMemoryBytes - 1)) / 1000,
    milliseconds: Math.round(performance.now() - start),
  };
}
