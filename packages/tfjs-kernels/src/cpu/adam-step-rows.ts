import { ADAM_STEP_ROWS } from '../kernel/names.js';
import type { AdamInputs, AdamRowsAttributes } from '../kernel/signatures.js';
import { copiesOf, updateElement } from './adam-step.js';
import { defineKernel } from './define-kernel.js';

/** Writes new arrays: the cpu backend may hold an array that its user still holds too. */
export const adamStepRowsKernel = defineKernel<AdamInputs, AdamRowsAttributes>(
  ADAM_STEP_ROWS,
  (cpu, inputs, { ids, ...attributes }) => {
    const tables = copiesOf(cpu, inputs);
    const gradient = cpu.floats(inputs.gradient);
    const d = inputs.parameter.shape[1]!;
    for (const [i, id] of ids.entries())
      for (let j = 0; j < d; j++) updateElement(tables, id * d + j, gradient[i * d + j]!, attributes);
    return tables.map((values) => cpu.output(inputs.parameter.shape, values));
  },
);
