import { NORMALIZE_ROWS_GRAD } from '../kernel/names.js';
import type { EpsilonAttributes, UnaryGradInputs } from '../kernel/signatures.js';
import { defineKernel } from './define-kernel.js';
import { dot } from './dot.js';

export const normalizeRowsGradKernel = defineKernel<UnaryGradInputs, EpsilonAttributes>(
  NORMALIZE_ROWS_GRAD,
  (cpu, inputs, { epsilon }) => {
    const x = cpu.floats(inputs.x);
    const dy = cpu.floats(inputs.dy);
    const [n, d] = inputs.x.shape as [number, number];
    const out = new Float32Array(x.length);
    for (let i = 0; i < n; i++) {
      const square = dot(x, i * d, x, i * d, d);
      const norm = Math.sqrt(square);
      const along = norm > epsilon ? dot(x, i * d, dy, i * d, d) / square : 0;
      for (let j = i * d; j < (i + 1) * d; j++) out[j] = (dy[j]! - x[j]! * along) / Math.max(norm, epsilon);
    }
    return cpu.output([n, d], out);
  },
);
