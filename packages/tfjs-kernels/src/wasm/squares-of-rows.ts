import { SQUARES_OF_ROWS, SQUARES_OF_ROWS_GRAD } from '../kernel/names.js';
import type { RowIdsAttributes, TableGradInputs, TableInputs } from '../kernel/signatures.js';
import { defineKernel } from './define-kernel.js';

export const squaresOfRowsKernel = defineKernel<TableInputs, RowIdsAttributes>(
  SQUARES_OF_ROWS,
  (wasm, { table }, { ids }) => {
    const out = wasm.output([]);
    wasm.withScratch(4 * ids.length, (address) => {
      wasm.writeInts(address, ids);
      wasm.floats(out)[0] = wasm.kernels.squaresOfRows(wasm.address(table), address, ids.length, table.shape[1]!);
    });
    return out;
  },
);

export const squaresOfRowsGradKernel = defineKernel<TableGradInputs, RowIdsAttributes>(
  SQUARES_OF_ROWS_GRAD,
  (wasm, { table, dy }, { ids }) => {
    const [rows, d] = table.shape as [number, number];
    const out = wasm.output([rows, d]);
    const factor = 2 * wasm.floats(dy)[0]!;
    wasm.withScratch(4 * ids.length, (address) => {
      wasm.writeInts(address, ids);
      const [from, to] = [wasm.address(table), wasm.address(out)];
      wasm.kernels.squaresOfRowsGrad(from, address, to, ids.length, rows, d, factor);
    });
    return out;
  },
);
