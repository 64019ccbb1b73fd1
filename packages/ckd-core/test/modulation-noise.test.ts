import * as tf from '@tensorflow/tfjs-core';
import { expect, test } from 'vitest';
import { RandomGenerator } from '../src/backbone.js';
import { onEachEngine } from './support/engines.js';
import { modulatedData, modulatedStep, modulateOne, numbersOf, seeded } from './support/modulated.js';
import { expectClose } from './support/numbers.js';
import { makeSmall } from './support/small-backbone.js';

onEachEngine('the noise of gradient modulation', () => {
  test('has mean zero and the standard deviation of the gradient before scaling', () => {
    tf.tidy(() => {
      const draw = new RandomGenerator([5, 6, 7, 8]);
      const values = Array.from({ length: 40_000 }, () => 3 + 2 * draw.normal());
      const found = modulateOne(tf.tensor2d(values, [10_000, 4])).dataSync();
      const noise = values.map((value, k) => found[k]! - value / 2);
      const mean = noise.reduce((sum, x) => sum + x) / noise.length;
      const deviation = Math.sqrt(noise.reduce((sum, x) => sum + (x - mean) ** 2, 0) / noise.length);
      // Four standard errors.
      expect(Math.abs(mean)).toBeLessThan((4 * 2) / Math.sqrt(noise.length));
      expect(Math.abs(deviation - 2)).toBeLessThan((4 * 2) / Math.sqrt(2 * noise.length));
    });
  });

  test('is drawn from the given generator, in the order of the values', () => {
    tf.tidy(() => {
      const values = [1, 2, 4, -8, 0, 3];
      const mean = values.reduce((sum, x) => sum + x) / values.length;
      const deviation = Math.sqrt(values.reduce((sum, x) => sum + (x - mean) ** 2, 0) / values.length);
      const draws = seeded();
      const expected = values.map((value) => value / 2 + deviation * draws.normal());
      const random = seeded();
      expectClose(modulateOne(tf.tensor2d(values, [3, 2]), {}, random).dataSync(), expected, 1e-6);
      expect(random.state).toEqual(draws.state);
    });
  });

  test('gives the same gradients for the same generator and different ones for another', () => {
    const backbone = makeSmall();
    expect(modulatedStep(backbone, {})).toEqual(modulatedStep(backbone, {}));
    const [one, other] = [seeded(), new RandomGenerator([9, 9, 9, 9])].map((random) =>
      modulatedStep(backbone, {}, random),
    );
    for (const m of backbone.modalities) {
      expect(one!.gradients[`kernel.${m}`]!).not.toEqual(other!.gradients[`kernel.${m}`]);
    }
    backbone.dispose();
  });

  test('is not added to tables with a row per user or item, nor to parameters outside any modality', () => {
    const backbone = makeSmall();
    const [noisy, silent] = [modulatedStep(backbone, {}), modulatedStep(backbone, { noise: false })];
    for (const name of ['user.id', 'item.id', 'user.image', 'user.text']) {
      expect(noisy.gradients[name]!, name).toEqual(silent.gradients[name]!);
    }
    for (const name of ['kernel.image', 'kernel.text']) {
      expect(noisy.gradients[name]!, name).not.toEqual(silent.gradients[name]!);
    }
    backbone.dispose();
    tf.tidy(() => {
      const ofItems = tf.ones([modulatedData.itemCount, 2]);
      expect(numbersOf(modulateOne(ofItems))).toEqual(new Array(ofItems.size).fill(0.5));
    });
  });

  test('draws nothing if disabled', () => {
    const backbone = makeSmall();
    const random = seeded();
    modulatedStep(backbone, { noise: false }, random);
    expect(random.state).toEqual(seeded().state);
    backbone.dispose();
  });
});
