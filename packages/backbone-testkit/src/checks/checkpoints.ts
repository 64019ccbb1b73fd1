import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { loadParameters, readManifest, saveCheckpoint } from '@balanced-rec/ckd-core/node';
import { parameterValues, tablesOf } from '../subject/numbers.js';
import { type Check, modalitySets, type Setting } from '../subject/subject.js';
import { trainFor, trainings } from '../subject/training.js';

export function checkpointChecks(setting: Setting): readonly Check[] {
  return modalitySets[setting].map((modalities) => ({
    name: `a ${setting === 'plain' ? 'trained' : 'distilled'} model of ${modalities.join(', ')} ranks the same after it is saved and loaded into a fresh backbone`,
    run: async (subject) => {
      const folder = await mkdtemp(join(tmpdir(), 'backbone-suite-'));
      try {
        await subject.with(modalities, async (made) => {
          const training = trainings[setting](subject, made);
          await trainFor(made, training.objective, { epochs: 1 });
          training.dispose();
          const about = { observed: modalities, seed: 1, dataHash: 'sample', about: {} };
          await saveCheckpoint(join(folder, 'model'), made.backbone, about);
          const manifest = await readManifest(join(folder, 'model'));
          assert.deepEqual(manifest.config, made.backbone.config);
          await subject.with(
            modalities,
            async ({ backbone: fresh }) => {
              assert.notDeepEqual(tablesOf(fresh, modalities), tablesOf(made.backbone, modalities), 'before loading');
              await loadParameters(join(folder, 'model'), fresh);
              assert.deepEqual(parameterValues(fresh), parameterValues(made.backbone));
              for (const observed of [modalities, ...modalities.map((m) => [m])]) {
                assert.deepEqual(tablesOf(fresh, observed), tablesOf(made.backbone, observed), `view [${observed}]`);
              }
            },
            2,
          );
        });
      } finally {
        await rm(folder, { recursive: true });
      }
    },
  }));
}
