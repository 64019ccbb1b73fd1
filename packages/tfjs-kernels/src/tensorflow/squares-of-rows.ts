import { gather, mul, square, sum, tensor1d, unsortedSegmentSum } from '@tensorflow/tfjs-core';
import { SQUARES_OF_ROWS, SQUARES_OF_ROWS_GRAD } from '../kernel/names.js';
import type { RowIdsAttributes, TableGradInputs, TableInputs } from '../kernel/signatures.js';
import { defineKernel } from './define-kernel.js';

export const squaresOfRowsKernel = defineKernel<TableInputs, RowIdsAttributes>(SQUARES_OF_ROWS, ({ table }, { ids }) =>
  sum(square(gather(table, tensor1d(ids, 'int32')))),
);

export const squaresOfRowsGradKernel = defineKernel<TableGradInputs, RowIdsAttributes>(
  SQUARES_OF_ROWS_GRAD,
  ({ table, dy }, { ids }) => {
    const rows = tensor1d(ids, 'int32');
    return unsortedSegmentSum(mul(gather(table, rows), mul(dy, 2)), rows, table.shape[0]!);
  },
);
