import { LINEAR } from '../kernel/names.js';
import type { LinearInputs } from '../kernel/signatures.js';
import { defineKernel } from './define-kernel.js';

export const linearKernel = defineKernel<LinearInputs>(LINEAR, (cpu, inputs) => {
  const x = cpu.floats(inputs.x);
  const kernel = cpu.floats(inputs.kernel);
  const bias = inputs.bias === undefined ? undefined : cpu.floats(inputs.bias);
  const [n, k] = inputs.x.shape as [number, number];
  const d = inputs.kernel.shape[1]!;
  const out = new Float32Array(n * d);
  const sum = new Float64Array(d);
  for (let i = 0; i < n; i++) {
    if (bias === undefined) sum.fill(0);
    else sum.set(bias);
    for (let q = 0; q < k; q++) {
      const value = x[i * k + q]!;
      for (let j = 0; j < d; j++) sum[j]! += value * kernel[q * d + j]!;
    }
    out.set(sum, i * d);
  }
  return cpu.output([n, d], out);
});
