import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { protocols } from '@balanced-rec/ckd-core';
import { readDataset } from '@balanced-rec/datasets';
import { type RunSettings, runVariant } from '@balanced-rec/eval';
import { loadBackbone } from '@balanced-rec/models';
import { loadEngine } from '@balanced-rec/tfjs-kernels';
import { memory } from '@tensorflow/tfjs-core';
import { backboneNames } from './backbone-names.js';
import type { TrainingTask } from './bench-soak.js';

/** What is left after a round, when everything it created has been released. */
export interface TrainingRound {
  readonly round: number;
  readonly tensors: number;
  readonly tensorBytes: number;
  readonly heapBytes: number;
}

/** Runs rounds forever. In each, every backbone is distilled with its own teachers, evaluated and released. */
const { data, engine, epochs }: TrainingTask = JSON.parse(process.argv[2]!);
const { name: engineName } = await loadEngine(engine);
const dataset = await readDataset(data);
// Exit together with the parent process.
process.once('disconnect', () => process.exit(0));
for (let round = 1; ; round++) {
  const scratch = await mkdtemp(join(tmpdir(), 'balanced-rec-soak-'));
  try {
    for (const name of backboneNames) await trainAndEvaluate(name, scratch, round);
  } finally {
    await rm(scratch, { recursive: true, force: true });
  }
  const { numTensors: tensors, numBytes: tensorBytes } = memory();
  process.send!({ round, tensors, tensorBytes, heapBytes: process.memoryUsage().heapUsed } satisfies TrainingRound);
}

async function trainAndEvaluate(name: string, scratch: string, seed: number): Promise<void> {
  const definition = await loadBackbone(name);
  const settings: RunSettings = {
    dataset: { name: 'soak', path: data, modalities: dataset.modalities },
    backbone: { name, config: definition.parseConfig({}) },
    variant: 'ckd',
    seed,
    protocol: { ...protocols.mmrec, batchSize: 512, maxEpochs: epochs },
    distillation: {},
    modulation: {},
    measured: { metrics: ['recall', 'ndcg'], cutoffs: [20] },
    engine: engineName,
  };
  const { dispose } = await runVariant({
    settings,
    dataset,
    definition,
    teachers: join(scratch, 'teachers'),
    neighbours: join(scratch, 'neighbours'),
    progress: { file: join(scratch, `${name}.safetensors`), everySeconds: 1 },
  });
  dispose();
}
