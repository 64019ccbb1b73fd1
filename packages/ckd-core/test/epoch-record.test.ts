import { BalancedRecError } from '@balanced-rec/errors';
import * as tf from '@tensorflow/tfjs-core';
import { describe, expect, test } from 'vitest';
import { EpochValues, type StepValues, validateEpoch } from '../src/training/epoch-record.js';
import { onEachEngine } from './support/engines.js';
import { thrownBy } from './support/thrown-by.js';

const names = ['bpr', 'distillation', 'weight.text'];
const step = (...values: number[]): StepValues => ({ names, termCount: 2, values: tf.tensor1d(values) });

/** Adds steps until the fault is noticed, which may be a few steps later. */
function fault(steps: readonly StepValues[], epoch = 4) {
  const values = new EpochValues(epoch);
  const { details } = thrownBy(() => {
    for (const each of steps) values.add(each);
    values.means();
  }, 'training/diverged');
  values.dispose();
  return details;
}

onEachEngine('EpochValues', () => {
  // Includes fewer and more steps than are read together, and a number that is not a multiple of it.
  test.each([1, 15, 16, 37])('averages %i steps, keeping terms and measures separate', (count) => {
    const before = tf.memory().numTensors;
    const values = new EpochValues(1);
    for (let k = 1; k <= count; k++) values.add(step(k, 2, -k));
    const mean = (count + 1) / 2;
    expect(values.means()).toEqual({ losses: { bpr: mean, distillation: 2 }, measures: { 'weight.text': -mean } });
    expect(tf.memory().numTensors).toBe(before);
  });

  test.each([
    [names[0], Number.NaN],
    [names[1], Number.POSITIVE_INFINITY],
    // Measures too: they go into the record, and JSON cannot represent them.
    [names[2], Number.NEGATIVE_INFINITY],
  ])('names epoch, step and %s if it is %d', (name, value) => {
    const before = tf.memory().numTensors;
    const steps = Array.from({ length: 20 }, (_, k) =>
      step(...names.map((each) => (k === 17 && each === name ? value : k))),
    );
    expect(fault(steps)).toMatchObject({ place: 'epoch 4, step 18', found: `${name} = ${value}` });
    expect(tf.memory().numTensors).toBe(before);
  });

  test('accepts steps with different terms, and a term with the same name as a measure', () => {
    const values = new EpochValues(1);
    const of = (termCount: number, pairs: readonly (readonly [string, number])[]) => ({
      names: pairs.map(([name]) => name),
      termCount,
      values: tf.tensor1d(pairs.map(([, value]) => value)),
    });
    const a = ['a', 2] as const;
    values.add(of(1, [a, ['same', 10]]));
    values.add(of(3, [a, ['same', 4], ['b', 6], ['same', 30]]));
    expect(values.means()).toEqual({ losses: { a: 2, same: 2, b: 3 }, measures: { same: 20 } });
  });

  test('notices a fault within the steps that are read together, before the epoch ends', () => {
    const values = new EpochValues(1);
    thrownBy(() => {
      for (let k = 0; k < 16; k++) values.add(step(Number.NaN, 0, 0));
    }, 'training/diverged');
    values.dispose();
  });

  test('frees unread values if the epoch ends early', () => {
    const before = tf.memory().numTensors;
    const values = new EpochValues(1);
    for (let k = 0; k < 5; k++) values.add(step(1, 2, 3));
    values.dispose();
    expect(tf.memory().numTensors).toBe(before);
  });
});

describe('validating an epoch', () => {
  test('returns what validation says', () => {
    const validation = { score: -0.5, metrics: {} };
    expect(validateEpoch(() => validation, 2)).toBe(validation);
  });

  test('reports divergence where the score is not a number', () => {
    const { details } = thrownBy(
      () => validateEpoch(() => ({ score: Number.NaN, metrics: {} }), 2),
      'training/diverged',
    );
    expect(details).toMatchObject({ place: 'epoch 2', found: 'validation score = NaN' });
  });

  test('reports divergence where ranking meets NaN', () => {
    const nan = new BalancedRecError({ code: 'kernels/not-a-number', message: 'a score is NaN' });
    const ranking = () => {
      throw nan;
    };
    const { details } = thrownBy(() => validateEpoch(ranking, 2), 'training/diverged');
    expect(details).toMatchObject({ place: 'epoch 2', found: 'a score in validation is NaN', cause: nan });
  });

  test('passes any other error on', () => {
    const other = new Error('a fault of its own');
    expect(() =>
      validateEpoch(() => {
        throw other;
      }, 2),
    ).toThrow(other);
  });
});
