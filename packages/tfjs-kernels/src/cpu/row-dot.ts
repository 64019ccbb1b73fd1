import { ROW_DOT } from '../kernel/names.js';
import type { PairInputs } from '../kernel/signatures.js';
import { defineKernel } from './define-kernel.js';
import { dot } from './dot.js';

export const rowDotKernel = defineKernel<PairInputs>(ROW_DOT, (cpu, inputs) => {
  const a = cpu.floats(inputs.a);
  const b = cpu.floats(inputs.b);
  const [n, d] = inputs.a.shape as [number, number];
  const out = new Float32Array(n);
  for (let i = 0; i < n; i++) out[i] = dot(a, i * d, b, i * d, d);
  return cpu.output([n], out);
});
