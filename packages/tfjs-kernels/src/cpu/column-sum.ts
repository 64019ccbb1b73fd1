import { COLUMN_SUM } from '../kernel/names.js';
import type { UnaryInputs } from '../kernel/signatures.js';
import { defineKernel } from './define-kernel.js';

export const columnSumKernel = defineKernel<UnaryInputs>(COLUMN_SUM, (cpu, inputs) => {
  const x = cpu.floats(inputs.x);
  const [n, d] = inputs.x.shape as [number, number];
  const sum = new Float64Array(d);
  for (let i = 0; i < n; i++) for (let j = 0; j < d; j++) sum[j]! += x[i * d + j]!;
  return cpu.output([d], Float32Array.from(sum));
});
