import type { KernelConfig } from '@tensorflow/tfjs-core';
import { defineKernel } from './define-kernel.js';
import { dot } from './rows.js';

export const elementwiseKernels: readonly KernelConfig[] = [
  defineKernel('LeakyRectify', (cpu, inputs, { slope }) =>
    cpu.output(
      inputs.x.shape,
      cpu.floats(inputs.x).map((x) => (x > 0 ? x : slope * x)),
    ),
  ),
  defineKernel('LeakyRectifyGrad', (cpu, inputs, { slope }) => {
    const dy = cpu.floats(inputs.dy);
    return cpu.output(
      inputs.x.shape,
      cpu.floats(inputs.x).map((x, i) => (x > 0 ? dy[i]! : slope * dy[i]!)),
    );
  }),
  defineKernel('StableSoftplus', (cpu, inputs) =>
    cpu.output(
      inputs.x.shape,
      cpu.floats(inputs.x).map((x) => Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs(x)))),
    ),
  ),
  defineKernel('StableSoftplusGrad', (cpu, inputs) => {
    const dy = cpu.floats(inputs.dy);
    return cpu.output(
      inputs.x.shape,
      cpu.floats(inputs.x).map((x, i) => dy[i]! / (1 + Math.exp(-x))),
    );
  }),
  defineKernel('BiasRectify', (cpu, inputs, { slope }) => {
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
  defineKernel('ColumnSum', (cpu, inputs) => {
    const x = cpu.floats(inputs.x);
    const [n, d] = inputs.x.shape as [number, number];
    const sum = new Float64Array(d);
    for (let i = 0; i < n; i++) for (let j = 0; j < d; j++) sum[j]! += x[i * d + j]!;
    return cpu.output([d], Float32Array.from(sum));
  }),
  defineKernel('SumOfSquares', (cpu, inputs) => {
    const x = cpu.floats(inputs.x);
    return cpu.output([], Float32Array.of(dot(x, 0, x, 0, x.length)));
  }),
];
