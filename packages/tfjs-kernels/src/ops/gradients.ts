import {
  clone,
  type GradConfig,
  getGradient,
  matMul,
  mul,
  registerGradient,
  reshape,
  type Tensor,
  type Tensor1D,
  type Tensor2D,
} from '@tensorflow/tfjs-core';
import { runKernel } from '../kernel/run-kernel.js';
import type { AttributesOf, KernelName } from '../kernel/signatures.js';
import { columnSum } from './elementwise.js';
import { gatherRows, rowDot, scaleRows, scatterAddRows } from './rows.js';
import { csrMatMul, sampledMatMul } from './sparse.js';

/** Registers the gradients, which are the same for every engine. */
export function registerGradients(): void {
  for (const gradient of gradients) if (getGradient(gradient.kernelName) === undefined) registerGradient(gradient);
}

const gradients: readonly GradConfig[] = [
  // elementwise
  defineGradient('LeakyRectify', { inputs: ['x'] }, (dy, saved, { slope }) => ({
    x: () => runKernel('LeakyRectifyGrad', { x: saved[0]!, dy }, { slope }),
  })),
  defineGradient('StableSoftplus', { inputs: ['x'] }, (dy, saved) => ({
    x: () => runKernel('StableSoftplusGrad', { x: saved[0]!, dy }),
  })),
  // With a slope of at least 0, the output is positive exactly where its input was, so saving the output is enough.
  defineGradient('BiasRectify', { output: true }, (dy, saved, { slope }) => {
    let before: Tensor2D | undefined;
    const beforeRectifying = (): Tensor2D => {
      before ??= runKernel<Tensor2D>('LeakyRectifyGrad', { x: saved[0]!, dy }, { slope });
      return before;
    };
    // TF.js may free the returned tensors, so each input gets its own tensor on the same memory.
    const share = (): Tensor => clone(beforeRectifying());
    return { x: share, bias: () => columnSum(beforeRectifying()), first: share, second: share };
  }),
  defineGradient('SumOfSquares', { inputs: ['x'] }, (dy, saved) => ({
    x: () => mul(saved[0]!, mul(dy, 2)),
  })),
  // rows
  defineGradient('GatherRows', { inputs: ['table', 'ids'] }, (dy, saved) => {
    const [table, ids] = saved as [Tensor2D, Tensor1D];
    return { table: () => scatterAddRows(dy as Tensor2D, ids, table.shape[0]) };
  }),
  defineGradient('ScatterAddRows', { inputs: ['ids'] }, (dy, saved) => ({
    updates: () => gatherRows(dy as Tensor2D, saved[0] as Tensor1D),
  })),
  defineGradient('Linear', { inputs: ['x', 'kernel'] }, (dy, saved) => {
    const [x, kernel] = saved as [Tensor2D, Tensor2D];
    return {
      x: () => matMul(dy, kernel, false, true),
      kernel: () => matMul(x, dy, true, false),
      bias: () => columnSum(dy as Tensor2D),
    };
  }),
  defineGradient('NormalizeRows', { inputs: ['x'] }, (dy, saved, { epsilon }) => ({
    x: () => runKernel('NormalizeRowsGrad', { x: saved[0]!, dy }, { epsilon }),
  })),
  defineGradient('RowDot', { inputs: ['a', 'b'] }, (dy, saved) => {
    const [a, b] = saved as [Tensor2D, Tensor2D];
    return { a: () => scaleRows(b, dy as Tensor1D), b: () => scaleRows(a, dy as Tensor1D) };
  }),
  defineGradient('ScaleRows', { inputs: ['x', 'weights'] }, (dy, saved) => {
    const [x, weights] = saved as [Tensor2D, Tensor1D];
    return { x: () => scaleRows(dy as Tensor2D, weights), weights: () => rowDot(dy as Tensor2D, x) };
  }),
  // sparse
  defineGradient('CsrMatMul', { inputs: ['values', 'dense'] }, (dy, saved, { pattern, transposedValues }) => {
    const [values, dense] = saved as [Tensor1D, Tensor2D];
    return {
      values: () => sampledMatMul(pattern, dy as Tensor2D, dense),
      dense: () => {
        const reordered = transposedValues?.() ?? permuteEntries(values, pattern.transposedOrderTensor());
        return csrMatMul(pattern.transposed().pattern, reordered, dy as Tensor2D);
      },
    };
  }),
  defineGradient('SampledMatMul', { inputs: ['a', 'b'] }, (dy, saved, { pattern }) => {
    const [a, b] = saved as [Tensor2D, Tensor2D];
    return {
      a: () => csrMatMul(pattern, dy as Tensor1D, b),
      b: () =>
        csrMatMul(pattern.transposed().pattern, permuteEntries(dy as Tensor1D, pattern.transposedOrderTensor()), a),
    };
  }),
  defineGradient('SegmentSoftmax', { output: true }, (dy, saved, { pattern }) => ({
    x: () => runKernel('SegmentSoftmaxGrad', { y: saved[0]!, dy }, { pattern }),
  })),
  defineGradient('SegmentSum', {}, (dy, _, { pattern }) => ({
    x: () => {
      const [rows, width] = dy.shape as [number, number?];
      const spread = gatherRows(reshape(dy, [rows, width ?? 1]) as Tensor2D, pattern.rowIndicesTensor());
      return width === undefined ? reshape(spread, [pattern.entries]) : spread;
    },
  })),
  // triples
  defineGradient('TripleMargins', { inputs: ['users', 'items'] }, (dy, saved, { triples }) => {
    const [users, items] = saved as [Tensor2D, Tensor2D];
    return {
      users: () => runKernel('TripleMarginsUsersGrad', { items, dy }, { triples, rows: users.shape[0] }),
      items: () => runKernel('TripleMarginsItemsGrad', { users, dy }, { triples, rows: items.shape[0] }),
    };
  }),
  defineGradient('SquaresOfRows', { inputs: ['table'] }, (dy, saved, { ids }) => ({
    table: () => runKernel('SquaresOfRowsGrad', { table: saved[0]!, dy }, { ids }),
  })),
];

/** The gradient of a kernel with one output: for each input, a function that TF.js calls only if that input is differentiated. */
function defineGradient<Name extends KernelName>(
  kernelName: Name,
  saved: { inputs?: string[]; output?: boolean },
  gradientsOf: (dy: Tensor, saved: Tensor[], attributes: AttributesOf<Name>) => Record<string, () => Tensor>,
): GradConfig {
  return {
    kernelName,
    inputsToSave: saved.inputs ?? [],
    outputsToSave: [saved.output ?? false],
    gradFunc: (dy, kept, attributes) => gradientsOf(dy as Tensor, kept, attributes as unknown as AttributesOf<Name>),
  };
}

/** values[order[i]] for each i. */
function permuteEntries(values: Tensor1D, order: Tensor1D): Tensor1D {
  return reshape(gatherRows(reshape(values, [values.size, 1]), order), [order.size]);
}
