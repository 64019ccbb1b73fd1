import { SQUARES_OF_ROWS, SQUARES_OF_ROWS_GRAD } from '../kernel/names.js';
import type { RowIdsAttributes, TableGradInputs, TableInputs } from '../kernel/signatures.js';
import { defineKernel } from './define-kernel.js';
import { dot } from './dot.js';

export const squaresOfRowsKernel = defineKernel<TableInputs, RowIdsAttributes>(
  SQUARES_OF_ROWS,
  (cpu, inputs, { ids }) => {
    const table = cpu.floats(inputs.table);
    const d = inputs.table.shape[1]!;
    const total = ids.reduce((sum, id) => sum + dot(table, id * d, table, id * d, d), 0);
    return cpu.output([], Float32Array.of(total));
  },
);

export const squaresOfRowsGradKernel = defineKernel<TableGradInputs, RowIdsAttributes>(
  SQUARES_OF_ROWS_GRAD,
  (cpu, inputs, { ids }) => {
    const table = cpu.floats(inputs.table);
    const d = inputs.table.shape[1]!;
    const factor = 2 * cpu.floats(inputs.dy)[0]!;
    const out = new Float32Array(table.length);
    for (const id of ids) for (let at = id * d; at < (id + 1) * d; at++) out[at]! += factor * table[at]!;
    return cpu.output(inputs.table.shape, out);
  },
);
