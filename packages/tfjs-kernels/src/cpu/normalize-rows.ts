import { NORMALIZE_ROWS } from '../kernel/names.js';
import type { EpsilonAttributes, UnaryInputs } from '../kernel/signatures.js';
import { defineKernel } from './define-kernel.js';
import { dot } from './dot.js';

export const normalizeRowsKernel = defineKernel<UnaryInputs, EpsilonAttributes>(
  NORMALIZE_ROWS,
  (cpu, inputs, { epsilon }) => {
    const x = cpu.floats(inputs.x);
    const [n, d] = inputs.x.shape as [number, number];
    const out = new Float32Array(x.length);
    for (let i = 0; i < n; i++) {
      const norm = Math.max(Math.sqrt(dot(x, i * d, x, i * d, d)), epsilon);
      for (let j = i * d; j < (i + 1) * d; j++) out[j] = x[j]! / norm;
    }
    return cpu.output([n, d], out);
  },
);
