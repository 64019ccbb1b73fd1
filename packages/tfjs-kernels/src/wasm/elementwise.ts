import type { KernelConfig } from '@tensorflow/tfjs-core';
import { defineKernel, sizeOf } from './context.js';

export const elementwiseKernels: readonly KernelConfig[] = [
  defineKernel('LeakyRectify', (wasm, { x }, { slope }) => {
    const out = wasm.output(x.shape);
    wasm.kernels.leakyRelu(wasm.address(x), wasm.address(out), sizeOf(x.shape), slope);
    return out;
  }),
  defineKernel('LeakyRectifyGrad', (wasm, { x, dy }, { slope }) => {
    const out = wasm.output(x.shape);
    wasm.kernels.leakyReluGrad(wasm.address(x), wasm.address(dy), wasm.address(out), sizeOf(x.shape), slope);
    return out;
  }),
  defineKernel('StableSoftplus', (wasm, { x }) => {
    const out = wasm.output(x.shape);
    wasm.kernels.softplus(wasm.address(x), wasm.address(out), sizeOf(x.shape));
    return out;
  }),
  defineKernel('StableSoftplusGrad', (wasm, { x, dy }) => {
    const out = wasm.output(x.shape);
    wasm.kernels.softplusGrad(wasm.address(x), wasm.address(dy), wasm.address(out), sizeOf(x.shape));
    return out;
  }),
  defineKernel('BiasRectify', (wasm, { x, bias, first, second }, { slope }) => {
    const [n, d] = x.shape as [number, number];
    const out = wasm.output([n, d]);
    const [from, row, to] = [wasm.address(x), wasm.address(bias), wasm.address(out)];
    const [one, other] = [first, second].map((addend) => (addend === undefined ? 0 : wasm.address(addend)));
    wasm.kernels.biasRectify(from, row, one!, other!, to, n, d, slope);
    return out;
  }),
  defineKernel('ColumnSum', (wasm, { x }) => {
    const [n, d] = x.shape as [number, number];
    const out = wasm.output([d]);
    wasm.kernels.columnSum(wasm.address(x), wasm.address(out), n, d);
    return out;
  }),
  defineKernel('SumOfSquares', (wasm, { x }) => {
    const out = wasm.output([]);
    wasm.floats(out)[0] = wasm.kernels.sumOfSquares(wasm.address(x), sizeOf(x.shape));
    return out;
  }),
];
