import { fit, protocols } from '@balanced-rec/ckd-core';
import { synthesizeDataset } from '@balanced-rec/datasets';
import { loadEngine } from '@balanced-rec/tfjs-kernels';
import { vbpr } from '@balanced-rec/vbpr';
import { expect, test } from 'vitest';
import { evaluateBackbone } from '../../src/evaluation/evaluate-backbone.js';

const SPEEDS = [3, 1, 0.3, 0.1];

/** Recall@20 on validation, epoch by epoch, of a VBPR that has one modality of that speed. */
async function recallsOf(speed: number): Promise<number[]> {
  const data = synthesizeDataset({
    seed: 1,
    modalities: [{ name: 'text', dimension: 24, strength: 2, noise: 0.3, speed }],
  });
  const { backbone, training } = await fit({
    definition: vbpr,
    data,
    seed: 1,
    protocol: { ...protocols.mmrec, batchSize: 256, maxEpochs: 60, patience: 60 },
    validate: (model) => {
      const measured = { metrics: ['recall'], cutoffs: [20] } as const;
      const metrics = evaluateBackbone(model, model.modalities, data, data.validation, measured).mean;
      return { score: metrics['recall@20']!, metrics };
    },
  });
  backbone.dispose();
  return training.history.map(({ validation }) => validation!.score);
}

/** The first epoch at which a curve has come that share of the way from its first epoch to its best. */
function epochsTo(share: number, recalls: readonly number[]): number {
  return 1 + recalls.findIndex((recall) => recall >= share * Math.max(...recalls));
}

test('the smaller the speed of a modality, the more epochs VBPR takes to learn it', async () => {
  await loadEngine('wasm');
  const epochs: number[] = [];
  for (const speed of SPEEDS) {
    const recalls = await recallsOf(speed);
    epochs.push(epochsTo(0.9, recalls));
    console.log(`speed ${speed}: best ${Math.max(...recalls).toFixed(3)}`, recalls.map((r) => r.toFixed(2)).join(' '));
  }
  console.log('epochs to nine tenths of the best Recall@20, by speed', SPEEDS, epochs);
  for (let n = 1; n < epochs.length; n++) expect(epochs[n]).toBeGreaterThan(epochs[n - 1]!);
}, 120_000);
