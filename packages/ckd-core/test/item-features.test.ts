import { gatherRows } from '@balanced-rec/tfjs-kernels';
import * as tf from '@tensorflow/tfjs-core';
import { expect, test } from 'vitest';
import {
  copyRows,
  FrozenFeatures,
  type ItemFeatures,
  linearLayer,
  ParameterSet,
  ProjectedFeatures,
  RandomGenerator,
  StepScope,
} from '../src/backbone.js';
import { itemFeatures } from '../src/layers/item-features.js';
import { onEachEngine } from './support/engines.js';
import { expectClose } from './support/numbers.js';

const [items, columns, d] = [20, 7, 3];
const random = new RandomGenerator([1, 2, 3, 4]);
const matrix = {
  rows: items,
  columns,
  values: Float32Array.from({ length: items * columns }, () => random.normal()),
};

/** Counts the rows that are requested from it. */
class Counted implements ItemFeatures {
  readonly itemCount = items;
  readonly columns = columns;
  asked = 0;

  constructor(readonly inner: ItemFeatures) {}

  whole(): tf.Tensor2D {
    this.asked += items;
    return this.inner.whole();
  }

  rows(ids: Int32Array, scope: StepScope): tf.Tensor2D {
    this.asked += ids.length;
    return this.inner.rows(ids, scope);
  }
}

onEachEngine('Projected features', () => {
  test.each(['frozen', 'trained', 'untrained'])('have the same rows however they are requested: %s', (kind) => {
    const parameters = new ParameterSet();
    const frozen = new FrozenFeatures(matrix);
    const features = new Counted(
      kind === 'frozen' ? frozen : itemFeatures(parameters, 'x', matrix, { trainable: kind === 'trained' }),
    );
    const projection = linearLayer(parameters, 'p', columns, d, new RandomGenerator([9, 9, 9, 9]));
    const projected = new ProjectedFeatures('x', features, projection);
    tf.tidy(() => {
      const whole = projected.whole(new StepScope('train')).dataSync();
      const expected = (ids: Int32Array) => [...ids].flatMap((id) => [...whole.subarray(id * d, (id + 1) * d)]);
      features.asked = 0;
      const lists = [Int32Array.of(3, 3, 17), Int32Array.of(17, 0), Int32Array.of()];
      const scope = new StepScope('train');
      const { table, positions } = projected.rowsOf(lists, scope);
      for (const [k, list] of lists.entries()) {
        const rows = gatherRows(table, positions[k]!);
        expect(rows.shape).toEqual([list.length, d]);
        expectClose(rows.dataSync(), expected(list), 1e-6);
      }
      // Three distinct items, however often they repeat.
      expect(features.asked).toBe(3);
      const source = projected.source(scope);
      const many = Int32Array.from({ length: 15 }, (_, k) => k);
      expectClose(copyRows(source, many).dataSync(), expected(many), 1e-6);
      expect(features.asked).toBe(3 + items);
      expectClose(copyRows(source, Int32Array.of(19)).dataSync(), expected(Int32Array.of(19)), 1e-6);
      expect(features.asked).toBe(3 + items);
    });
    frozen.dispose();
    parameters.dispose();
  });
});
