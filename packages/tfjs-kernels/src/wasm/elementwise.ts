import type { KernelConfig } from '@tensorflow/tfjs-core';
import {
  BIAS_RECTIFY,
  COLUMN_SUM,
  LEAKY_RECTIFY,
  LEAKY_RECTIFY_GRAD,
  STABLE_SOFTPLUS,
  STABLE_SOFTPLUS_GRAD,
  SUM_OF_SQUARES,
} from '../kernel/names.js';
import type { BiasRectifyInputs, SlopeAttributes, UnaryGradInputs, UnaryInputs } from '../kernel/signatures.js';
import { defineKernel, sizeOf } from './context.js';

export const elementwiseKernels: readonly KernelConfig[] = [
  defineKernel<UnaryInputs, SlopeAttributes>(LEAKY_RECTIFY, (wasm, { x }, { slope }) => {
    const out = wasm.output(x.shape);
    wasm.kernels.leakyRelu(wasm.address(x), wasm.address(out), sizeOf(x.shape), slope);
    return out;
  }),
  defineKernel<UnaryGradInputs, SlopeAttributes>(LEAKY_RECTIFY_GRAD, (wasm, { x, dy }, { slope }) => {
    const out = wasm.output(x.shape);
    wasm.kernels.leakyReluGrad(wasm.address(x), wasm.address(dy), wasm.address(out), sizeOf(x.shape), slope);
    return out;
  }),
  defineKernel<UnaryInputs>(STABLE_SOFTPLUS, (wasm, { x }) => {
    const out = wasm.output(x.shape);
    wasm.kernels.softplus(wasm.address(x), wasm.address(out), sizeOf(x.shape));
    return out;
  }),
  defineKernel<UnaryGradInputs>(STABLE_SOFTPLUS_GRAD, (wasm, { x, dy }) => {
    const out = wasm.output(x.shape);
    wasm.kernels.softplusGrad(wasm.address(x), wasm.address(dy), wasm.address(out), sizeOf(x.shape));
    return out;
  }),
  defineKernel<BiasRectifyInputs, SlopeAttributes>(BIAS_RECTIFY, (wasm, { x, bias, first, second }, { slope }) => {
    const [n, d] = x.shape as [number, number];
    const out = wasm.output([n, d]);
    const [from, row, to] = [wasm.address(x), wasm.address(bias), wasm.address(out)];
    const [one, other] = [first, second].map((addend) => (addend === undefined ? 0 : wasm.address(addend)));
    wasm.kernels.biasRectify(from, row, one!, other!, to, n, d, slope);
    return out;
  }),
  defineKernel<UnaryInputs>(COLUMN_SUM, (wasm, { x }) => {
    const [n, d] = x.shape as [number, number];
    const out = wasm.output([d]);
    wasm.kernels.columnSum(wasm.address(x), wasm.address(out), n, d);
    return out;
  }),
  defineKernel<UnaryInputs>(SUM_OF_SQUARES, (wasm, { x }) => {
    const out = wasm.output([]);
    wasm.floats(out)[0] = wasm.kernels.sumOfSquares(wasm.address(x), sizeOf(x.shape));
    return out;
  }),
];
