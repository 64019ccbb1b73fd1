import { checkIds } from '../kernel/check.js';
import { GATHER_ROWS } from '../kernel/names.js';
import type { GatherRowsInputs } from '../kernel/signatures.js';
import { defineKernel } from './define-kernel.js';

export const gatherRowsKernel = defineKernel<GatherRowsInputs>(GATHER_ROWS, (cpu, inputs) => {
  const table = cpu.floats(inputs.table);
  const ids = cpu.ints(inputs.ids);
  const [n, d] = inputs.table.shape as [number, number];
  checkIds('gatherRows: ids', ids, n);
  const out = new Float32Array(ids.length * d);
  for (let i = 0; i < ids.length; i++) out.set(table.subarray(ids[i]! * d, (ids[i]! + 1) * d), i * d);
  return cpu.output([ids.length, d], out);
});
