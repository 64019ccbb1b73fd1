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
import { defineKernel } from './define-kernel.js';
import { dot } from './rows.js';

export const elementwiseKernels: readonly KernelConfig[] = [
  defineKernel<UnaryInputs, SlopeAttributes>(LEAKY_RECTIFY, (cpu, inputs, { slope }) =>
    cpu.output(
      inputs.x.shape,
      cpu.floats(inputs.x).map((x) => (x > 0 ? x : slope * x)),
    ),
  ),
  defineKernel<UnaryGradInputs, SlopeAttributes>(LEAKY_RECTIFY_GRAD, (cpu, inputs, { slope }) => {
    const dy = cpu.floats(inputs.dy);
    return cpu.output(
      inputs.x.shape,
      cpu.floats(inputs.x).map((x, i) => (x > 0 ? dy[i]! : slope * dy[i]!)),
    );
  }),
  defineKernel<UnaryInputs>(STABLE_SOFTPLUS, (cpu, inputs) =>
    cpu.output(
      inputs.x.shape,
      cpu.floats(inputs.x).map((x) => Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs(x)))),
    ),
  ),
  defineKernel<UnaryGradInputs>(STABLE_SOFTPLUS_GRAD, (cpu, inputs) => {
    const dy = cpu.floats(inputs.dy);
    return cpu.output(
      inputs.x.shape,
      cpu.floats(inputs.x).map((x, i) => dy[i]! / (1 + Math.exp(-x))),
    );
  }),
  defineKernel<BiasRectifyInputs, SlopeAttributes>(BIAS_RECTIFY, (cpu, inputs, { slope }) => {
    const bias = cpu.floats(inputs.bias);
    const out = cpu.floats(inputs.x).slice();
    for (let at = 0; at < out.length; at++) out[at]! += bias[at % bias.length]!;
    for (const addend of [inputs.first, inputs.second]) {
      if (addend === undefined) continue;
      const values = cpu.floats(addend);
      for (let at = 0; at < out.length; at++) out[at]! += values[at]!;
    }
    for (let at = 0; at < out.length; at++) if (!(out[at]! > 0)) out[at]! *= slope;
    return cpu.output(inputs.x.shape, out);
  }),
  defineKernel<UnaryInputs>(COLUMN_SUM, (cpu, inputs) => {
    const x = cpu.floats(inputs.x);
    const [n, d] = inputs.x.shape as [number, number];
    const sum = new Float64Array(d);
    for (let i = 0; i < n; i++) for (let j = 0; j < d; j++) sum[j]! += x[i * d + j]!;
    return cpu.output([d], Float32Array.from(sum));
  }),
  defineKernel<UnaryInputs>(SUM_OF_SQUARES, (cpu, inputs) => {
    const x = cpu.floats(inputs.x);
    return cpu.output([], Float32Array.of(dot(x, 0, x, 0, x.length)));
  }),
];
