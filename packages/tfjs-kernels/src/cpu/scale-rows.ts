import { SCALE_ROWS } from '../kernel/names.js';
import type { ScaleRowsInputs } from '../kernel/signatures.js';
import { defineKernel } from './define-kernel.js';

export const scaleRowsKernel = defineKernel<ScaleRowsInputs>(SCALE_ROWS, (cpu, inputs) => {
  const x = cpu.floats(inputs.x);
  const weights = cpu.floats(inputs.weights);
  const [n, d] = inputs.x.shape as [number, number];
  const out = new Float32Array(x.length);
  for (let i = 0; i < n; i++) for (let j = i * d; j < (i + 1) * d; j++) out[j] = x[j]! * weights[i]!;
  return cpu.output([n, d], out);
});
