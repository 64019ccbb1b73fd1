import { BalancedRecError } from '@balanced-rec/errors';
import {
  grad,
  grads,
  memory,
  profile,
  sum,
  type Tensor,
  type Tensor1D,
  type Tensor2D,
  tensor1d,
  tensor2d,
  tidy,
} from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { CsrMatrix, CsrPattern, csrMatMul, segmentSoftmax } from '../../src/index.ts';
import { activate, describeOnEveryEngine } from '../support/engines.ts';
import { expectClose, floats, pattern, random } from '../support/numbers.ts';

describe('CsrMatrix.fromTriplets', () => {
  it('sorts by row and column and sums duplicates', () => {
    const next = random(5);
    const [rows, columns, size] = [7, 5, 60];
    const rowIds = Int32Array.from({ length: size }, () => Math.floor(next() * rows));
    const columnIds = Int32Array.from({ length: size }, () => Math.floor(next() * columns));
    const values = floats(size, 6);
    const dense = new Float64Array(rows * columns);
    for (let e = 0; e < size; e++) dense[rowIds[e]! * columns + columnIds[e]!]! += values[e]!;
    const matrix = CsrMatrix.fromTriplets({ rows, columns, rowIds, columnIds, values });
    const places = Array.from(
      matrix.pattern.rowIndices(),
      (row, e) => row * columns + matrix.pattern.columnIndices[e]!,
    );
    expect(places).toEqual([...new Set(places)].sort((a, b) => a - b));
    expectClose(
      matrix.values,
      places.map((place) => dense[place]!),
      1e-6,
    );
    expect(places.length).toBe(dense.filter((value) => value !== 0).length);
  });

  it('refuses arrays of the wrong length', () => {
    const triplets = {
      rows: 2,
      columns: 2,
      rowIds: Int32Array.of(0),
      columnIds: Int32Array.of(1),
      values: Float32Array.of(1),
    };
    expect(() => CsrMatrix.fromTriplets({ ...triplets, values: Float32Array.of(1, 2) })).toThrow(BalancedRecError);
    expect(() => CsrMatrix.fromTriplets({ ...triplets, columnIds: Int32Array.of() })).toThrow(BalancedRecError);
    expect(() => CsrMatrix.fromTriplets({ ...triplets, rowIds: Int32Array.of(2) })).toThrow(/rowIds\[0\]/);
  });
});

describeOnEveryEngine('CsrMatrix', (engine) => {
  beforeAll(async () => void (await activate(engine)));

  it('multiplies with a gradient for the dense matrix, keeps its tensors across tidy and frees them', () => {
    const before = memory();
    const p = pattern(9, 6, 4);
    const matrix = new CsrMatrix(p, floats(p.entries, 1));
    const expected = new Float64Array(6 * 5);
    p.rowIndices().forEach((_, e) => {
      for (let j = 0; j < 5; j++) expected[p.columnIndices[e]! * 5 + j]! += matrix.values[e]!;
    });
    for (let round = 0; round < 2; round++) {
      tidy(() => {
        const gradient = grad((x: Tensor) => sum(matrix.matMul(x as Tensor2D)))(tensor2d(floats(30, 2), [6, 5]));
        expectClose(gradient.dataSync(), expected);
      });
    }
    matrix.dispose();
    expect(memory().numTensors).toBe(before.numTensors);
    expect(memory().numDataBuffers).toBe(before.numDataBuffers);
  });

  it('computes no gradient of the values unless it is needed', async () => {
    const p = pattern(9, 6, 4);
    const matrix = new CsrMatrix(p, floats(p.entries, 1));
    const { kernelNames } = await profile(() => {
      tidy(() => void grad((x: Tensor) => sum(matrix.matMul(x as Tensor2D)))(tensor2d(floats(30, 2), [6, 5])));
      tidy(
        () =>
          void grad((x: Tensor) => sum(csrMatMul(p, matrix.valuesTensor, x as Tensor2D)))(
            tensor2d(floats(30, 2), [6, 5]),
          ),
      );
      return [];
    });
    expect(kernelNames).toContain('CsrMatMul');
    expect(kernelNames).not.toContain('SampledMatMul');
    matrix.dispose();
  });

  it('has a softmax that is stable for large values', () => {
    const p = new CsrPattern({
      rows: 2,
      columns: 3,
      rowOffsets: Int32Array.of(0, 3, 5),
      columnIndices: Int32Array.of(0, 1, 2, 0, 1),
    });
    tidy(() => {
      const values = [...segmentSoftmax(p, tensor1d([1e4, 1e4, -1e4, -3e38, Number.NEGATIVE_INFINITY])).dataSync()];
      expect(values).toEqual([0.5, 0.5, 0, 1, 0]);
    });
    p.dispose();
  });

  it('is reproducible to the bit', () => {
    const p = pattern(65, 63, 8);
    const once = () =>
      tidy(() => {
        const [values, dense] = [tensor1d(floats(p.entries, 1)), tensor2d(floats(63 * 7, 2), [63, 7])];
        const run = (v: Tensor, d: Tensor) => sum(csrMatMul(p, segmentSoftmax(p, v as Tensor1D), d as Tensor2D));
        return grads(run)([values, dense]).map((gradient) => gradient.dataSync().slice());
      });
    expect(once()).toEqual(once());
    p.dispose();
  });

  it('refuses a dense matrix of the wrong height', () => {
    const p = pattern(9, 6, 4);
    const matrix = new CsrMatrix(p, floats(p.entries, 1));
    tidy(() => {
      expect(() => matrix.matMul(tensor2d(floats(10, 2), [5, 2]))).toThrow(
        expect.objectContaining({ code: 'kernels/shape-mismatch' }),
      );
    });
    matrix.dispose();
  });
});
