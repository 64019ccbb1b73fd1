import { grads, matMul, sum, type Tensor, tensor, tidy } from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { activate, describeOnEveryEngine } from '../support/engines.ts';
import { expectClose, floats } from '../support/numbers.ts';

const sizes = [
  [1, 1, 1],
  [3, 5, 7],
  [4, 8, 8],
  [5, 7, 63],
  [7, 65, 3],
  [63, 1, 65],
  [65, 63, 64],
  [9, 300, 17],
  [2, 513, 259],
  [6, 4, 515],
  [0, 3, 2],
  [3, 0, 2],
  [2, 3, 0],
] as const;

function multiply(
  a: Float32Array,
  b: Float32Array,
  [m, k, n]: readonly number[],
  transposeA: boolean,
  transposeB: boolean,
): Float64Array {
  const out = new Float64Array(m! * n!);
  for (let i = 0; i < m!; i++) {
    for (let j = 0; j < n!; j++) {
      for (let q = 0; q < k!; q++)
        out[i * n! + j]! += a[transposeA ? q * m! + i : i * k! + q]! * b[transposeB ? j * k! + q : q * n! + j]!;
    }
  }
  return out;
}

describeOnEveryEngine('matMul', (engine) => {
  beforeAll(async () => void (await activate(engine)));

  describe.each([
    [false, false],
    [true, false],
    [false, true],
    [true, true],
  ])('transposed: %s, %s', (transposeA, transposeB) => {
    it.each(sizes)('%i x %i x %i', (m, k, n) => {
      const [a, b] = [floats(m * k, 1), floats(k * n, 2)];
      tidy(() => {
        const result = matMul(
          tensor(a, transposeA ? [k, m] : [m, k], 'float32'),
          tensor(b, transposeB ? [n, k] : [k, n], 'float32'),
          transposeA,
          transposeB,
        );
        expect(result.shape).toEqual([m, n]);
        expectClose(result.dataSync(), multiply(a, b, [m, k, n], transposeA, transposeB));
      });
    });

    it.each([
      [[2], [2]],
      [[3], [1]],
      [[1], [3]],
      [
        [2, 3],
        [2, 3],
      ],
    ])('batches %j and %j', (aBatch, bBatch) => {
      const [m, k, n] = [5, 7, 9];
      tidy(() => {
        const size = (batch: number[]) => batch.reduce((x, y) => x * y, 1);
        const [a, b] = [floats(size(aBatch) * m * k, 1), floats(size(bBatch) * k * n, 2)];
        const aTensor = tensor(a, [...aBatch, ...(transposeA ? [k, m] : [m, k])]);
        const result = matMul(
          aTensor,
          tensor(b, [...bBatch, ...(transposeB ? [n, k] : [k, n])]),
          transposeA,
          transposeB,
        );
        const batch = aBatch.map((axis, i) => Math.max(axis, bBatch[i]!));
        expect(result.shape).toEqual([...batch, m, n]);
        const expected = Array.from({ length: size(batch) }, (_, i) => {
          const at = (own: number[]) => batchIndex(i, batch, own);
          const aPart = a.subarray(at(aBatch) * m * k, (at(aBatch) + 1) * m * k);
          const bPart = b.subarray(at(bBatch) * k * n, (at(bBatch) + 1) * k * n);
          return [...multiply(aPart, bPart, [m, k, n], transposeA, transposeB)];
        }).flat();
        expectClose(result.dataSync(), expected);
      });
    });

    it('has the gradients of the product', () => {
      const [m, k, n] = [5, 7, 9];
      const [a, b] = [floats(m * k, 1), floats(k * n, 2)];
      tidy(() => {
        const [da, db] = grads((x: Tensor, y: Tensor) => sum(matMul(x, y, transposeA, transposeB)))([
          tensor(a, transposeA ? [k, m] : [m, k]),
          tensor(b, transposeB ? [n, k] : [k, n]),
        ]);
        const ones = new Float32Array(m * n).fill(1);
        const byA = multiply(ones, b, [m, n, k], false, !transposeB);
        const byB = multiply(a, ones, [k, m, n], !transposeA, false);
        expectClose(da!.dataSync(), transposeA ? flip(byA, m, k) : byA);
        expectClose(db!.dataSync(), transposeB ? flip(byB, k, n) : byB);
      });
    });
  });

  it('computes a row to the same bits regardless of the other rows', () => {
    const [a, b] = [floats(9 * 300, 1), floats(300 * 70, 2)];
    tidy(() => {
      const all = matMul(tensor(a, [9, 300]), tensor(b, [300, 70])).dataSync();
      const last = matMul(tensor(a.slice(8 * 300), [1, 300]), tensor(b, [300, 70])).dataSync();
      expect(last).toEqual(all.slice(8 * 70));
    });
  });
});

/** The batch of `own` that the i-th batch of `batch` uses. */
function batchIndex(i: number, batch: number[], own: number[]): number {
  let index = 0;
  let rest = i;
  let stride = 1;
  for (let axis = batch.length - 1; axis >= 0; axis--) {
    if (own[axis] !== 1) index += (rest % batch[axis]!) * stride;
    stride *= own[axis]!;
    rest = Math.floor(rest / batch[axis]!);
  }
  return index;
}

/** [rows, columns], transposed. */
function flip(x: Float64Array, rows: number, columns: number): Float64Array {
  return Float64Array.from({ length: x.length }, (_, i) => x[(i % rows) * columns + Math.floor(i / rows)]!);
}
