import assert from 'node:assert/strict';
import * as tf from '@tensorflow/tfjs-core';
import { tablesOf } from '../subject/numbers.js';
import { type Check, modalitySets, type Setting } from '../subject/subject.js';
import { trainFor, trainings } from '../subject/training.js';

export function memoryChecks(setting: Setting): readonly Check[] {
  return [
    {
      name: `${setting} training holds as many tensors in epoch 20 as in epoch 2, and disposing frees all of them`,
      run: async (subject) => {
        const before = tf.memory().numTensors;
        const made = subject.make(['image', 'text']);
        const training = trainings[setting](subject, made);
        const byEpoch: number[] = [];
        await trainFor(made, training.objective, {
          epochs: 20,
          onEvent: ({ epoch }) => {
            byEpoch[epoch] = tf.memory().numTensors;
          },
        });
        training.dispose();
        made.backbone.dispose();
        assert.ok(byEpoch[20]! > before, 'tensors are being counted');
        assert.equal(byEpoch[20], byEpoch[2]);
        assert.equal(tf.memory().numTensors, before);
      },
    },
    {
      name: `${setting} training leaves no tensor behind when aborted within an epoch`,
      run: async (subject) => {
        const before = tf.memory().numTensors;
        const made = subject.make(['image', 'text']);
        const training = trainings[setting](subject, made);
        const controller = new AbortController();
        const reason = new Error('enough');
        let steps = 0;
        const loss: typeof training.objective.loss = (batch, scope) => {
          steps += 1;
          if (steps === made.sampler.steps + 2) controller.abort(reason);
          return training.objective.loss(batch, scope);
        };
        await assert.rejects(
          trainFor(made, { ...training.objective, loss }, { epochs: 20, signal: controller.signal }),
          reason,
        );
        assert.equal(steps, made.sampler.steps + 2, 'no step after the abort');
        training.dispose();
        made.backbone.dispose();
        assert.equal(tf.memory().numTensors, before);
      },
    },
    ...(setting === 'plain' ? [asking] : []),
  ];
}

const asking: Check = {
  name: 'requesting views leaves no tensor behind except those that the backbone frees on disposal',
  run: (subject) => {
    const before = tf.memory().numTensors;
    for (const modalities of modalitySets.plain) {
      const { backbone } = subject.make(modalities);
      tablesOf(backbone, modalities);
      const after = tf.memory().numTensors;
      for (const observed of [modalities, [], ...modalities.map((m) => [m])]) tablesOf(backbone, observed);
      assert.equal(tf.memory().numTensors, after);
      backbone.dispose();
      assert.equal(tf.memory().numTensors, before);
    }
  },
};
