import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { TrainingCheckpointFile } from '@balanced-rec/ckd-core/node';
import { parameterValues } from '../subject/numbers.js';
import type { Check, Setting, Subject } from '../subject/subject.js';
import { trainFor, trainings } from '../subject/training.js';

const modalities = ['image', 'text'];
/** Odd epochs are not evaluated, so rows of tables are out of date when their state is saved. */
const schedule = { epochs: 4, evaluateEvery: 2 };

export function resumingChecks(setting: Setting): readonly Check[] {
  return [1, 2, 3].map((epoch) => ({
    name: `${setting} training resumed after epoch ${epoch} is bit-identical to uninterrupted training`,
    run: async (subject: Subject) => {
      const folder = await mkdtemp(join(tmpdir(), 'backbone-suite-'));
      try {
        const file = () => new TrainingCheckpointFile(join(folder, 'state'), { identity: setting, everySeconds: 0 });
        const whole = await trained(subject, setting, stoppingTo(file(), epoch));
        const resumed = await trained(subject, setting, goingOnFrom(file()));
        assert.deepEqual(resumed, whole);
      } finally {
        await rm(folder, { recursive: true });
      }
    },
  }));
}

type Checkpoints = Pick<TrainingCheckpointFile, 'load' | 'offer'>;

/** Writes the state only after the given epoch. */
function stoppingTo(file: TrainingCheckpointFile, epoch: number): Checkpoints {
  let epochs = 0;
  return {
    load: async () => undefined,
    offer: async (state) => {
      epochs += 1;
      if (epochs === epoch) await file.offer(state);
    },
  };
}

function goingOnFrom(file: TrainingCheckpointFile): Checkpoints {
  return {
    load: async () => {
      const state = await file.load();
      assert.ok(state, 'the state was saved');
      return state;
    },
    offer: async () => {},
  };
}

async function trained(subject: Subject, setting: Setting, checkpoints: Checkpoints) {
  const made = subject.make(modalities);
  const { objective, dispose } = trainings[setting](subject, made);
  try {
    const { history, bestEpoch } = await trainFor(made, objective, { ...schedule, checkpoints });
    return { parameters: parameterValues(made.backbone), history, bestEpoch };
  } finally {
    dispose();
    made.backbone.dispose();
  }
}
