import { idOutOfRange } from '../kernel/check.js';
import { GATHER_ROWS } from '../kernel/names.js';
import type { GatherRowsInputs } from '../kernel/signatures.js';
import { defineKernel } from './define-kernel.js';

export const gatherRowsKernel = defineKernel<GatherRowsInputs>(GATHER_ROWS, (wasm, { table, ids }) => {
  const [n, d] = table.shape as [number, number];
  const count = ids.shape[0]!;
  const bad = wasm.kernels.firstOutOfRange(wasm.address(ids), count, n);
  if (bad !== -1) throw idOutOfRange('gatherRows: ids', bad, wasm.ints(ids)[bad]!, n);
  const out = wasm.output([count, d]);
  wasm.kernels.gatherRows(wasm.address(table), wasm.address(ids), wasm.address(out), count, d);
  return out;
});
