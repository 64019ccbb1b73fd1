import type { KernelConfig } from '@tensorflow/tfjs-core';
import { defineKernel } from './context.js';

export const sparseKernels: readonly KernelConfig[] = [
  defineKernel('CsrMatMul', (wasm, { values, dense }, { pattern }) => {
    const d = dense.shape[1]!;
    const offsets = wasm.address(pattern.rowOffsetsTensor());
    const columns = wasm.address(pattern.columnIndicesTensor());
    const out = wasm.output([pattern.rows, d]);
    wasm.kernels.csrMatMul(
      offsets,
      columns,
      wasm.address(values),
      wasm.address(dense),
      wasm.address(out),
      pattern.rows,
      d,
    );
    return out;
  }),
  defineKernel('SampledMatMul', (wasm, { a, b }, { pattern }) => {
    const offsets = wasm.address(pattern.rowOffsetsTensor());
    const columns = wasm.address(pattern.columnIndicesTensor());
    const out = wasm.output([pattern.entries]);
    const d = a.shape[1]!;
    wasm.kernels.sampledMatMul(offsets, columns, wasm.address(a), wasm.address(b), wasm.address(out), pattern.rows, d);
    return out;
  }),
  defineKernel('SegmentSoftmax', (wasm, { x }, { pattern }) => {
    const offsets = wasm.address(pattern.rowOffsetsTensor());
    const out = wasm.output(x.shape);
    wasm.kernels.segmentSoftmax(offsets, wasm.address(x), wasm.address(out), pattern.rows);
    return out;
  }),
  defineKernel('SegmentSoftmaxGrad', (wasm, { y, dy }, { pattern }) => {
    const offsets = wasm.address(pattern.rowOffsetsTensor());
    const out = wasm.output(y.shape);
    wasm.kernels.segmentSoftmaxGrad(offsets, wasm.address(y), wasm.address(dy), wasm.address(out), pattern.rows);
    return out;
  }),
  defineKernel('SegmentSum', (wasm, { x }, { pattern }) => {
    const offsets = wasm.address(pattern.rowOffsetsTensor());
    const out = wasm.output([pattern.rows, ...x.shape.slice(1)]);
    wasm.kernels.segmentSum(offsets, wasm.address(x), wasm.address(out), pattern.rows, x.shape[1] ?? 1);
    return out;
  }),
];
