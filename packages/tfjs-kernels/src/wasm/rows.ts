import type { KernelConfig } from '@tensorflow/tfjs-core';
import { idOutOfRange } from '../kernel/check.js';
import { defineKernel } from './context.js';

export const rowKernels: readonly KernelConfig[] = [
  defineKernel('GatherRows', (wasm, { table, ids }) => {
    const [n, d] = table.shape as [number, number];
    const count = ids.shape[0]!;
    const bad = wasm.kernels.firstOutOfRange(wasm.address(ids), count, n);
    if (bad !== -1) throw idOutOfRange('gatherRows: ids', bad, wasm.ints(ids)[bad]!, n);
    const out = wasm.output([count, d]);
    wasm.kernels.gatherRows(wasm.address(table), wasm.address(ids), wasm.address(out), count, d);
    return out;
  }),
  defineKernel('ScatterAddRows', (wasm, { updates, ids }, { rows }) => {
    const [count, d] = updates.shape as [number, number];
    const out = wasm.output([rows, d]);
    wasm.kernels.scatterAddRows(wasm.address(updates), wasm.address(ids), wasm.address(out), count, rows, d);
    return out;
  }),
  defineKernel('Linear', (wasm, { x, kernel, bias }) => {
    const [m, k] = x.shape as [number, number];
    const n = kernel.shape[1]!;
    const out = wasm.output([m, n]);
    const c = wasm.address(out);
    if (bias !== undefined) wasm.kernels.fillRows(c, wasm.address(bias), m, n);
    const accumulate = bias === undefined ? 0 : 1;
    wasm.kernels.gemm(wasm.address(x), wasm.address(kernel), c, m, k, n, 0, 0, accumulate, wasm.gemmScratch);
    return out;
  }),
  defineKernel('NormalizeRows', (wasm, { x }, { epsilon }) => {
    const [n, d] = x.shape as [number, number];
    const out = wasm.output(x.shape);
    wasm.kernels.normalizeRows(wasm.address(x), wasm.address(out), n, d, epsilon);
    return out;
  }),
  defineKernel('NormalizeRowsGrad', (wasm, { x, dy }, { epsilon }) => {
    const [n, d] = x.shape as [number, number];
    const out = wasm.output(x.shape);
    wasm.kernels.normalizeRowsGrad(wasm.address(x), wasm.address(dy), wasm.address(out), n, d, epsilon);
    return out;
  }),
  defineKernel('RowDot', (wasm, { a, b }) => {
    const [n, d] = a.shape as [number, number];
    const out = wasm.output([n]);
    wasm.kernels.rowDot(wasm.address(a), wasm.address(b), wasm.address(out), n, d);
    return out;
  }),
  defineKernel('ScaleRows', (wasm, { x, weights }) => {
    const [n, d] = x.shape as [number, number];
    const out = wasm.output(x.shape);
    wasm.kernels.scaleRows(wasm.address(x), wasm.address(weights), wasm.address(out), n, d);
    return out;
  }),
];
