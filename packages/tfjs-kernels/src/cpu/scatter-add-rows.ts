import { SCATTER_ADD_ROWS } from '../kernel/names.js';
import type { ScatterAddRowsAttributes, ScatterAddRowsInputs } from '../kernel/signatures.js';
import { defineKernel } from './define-kernel.js';

export const scatterAddRowsKernel = defineKernel<ScatterAddRowsInputs, ScatterAddRowsAttributes>(
  SCATTER_ADD_ROWS,
  (cpu, inputs, { rows }) => {
    const updates = cpu.floats(inputs.updates);
    const ids = cpu.ints(inputs.ids);
    const d = inputs.updates.shape[1]!;
    const out = new Float32Array(rows * d);
    for (let i = 0; i < ids.length; i++) {
      const to = ids[i]! * d;
      for (let j = 0; j < d; j++) out[to + j]! += updates[i * d + j]!;
    }
    return cpu.output([rows, d], out);
  },
);
