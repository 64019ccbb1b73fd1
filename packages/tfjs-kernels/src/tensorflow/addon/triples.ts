import type { KernelConfig, TensorInfo } from '@tensorflow/tfjs-core';
import {
  SQUARES_OF_ROWS,
  SQUARES_OF_ROWS_GRAD,
  TRIPLE_MARGINS,
  TRIPLE_MARGINS_ITEMS_GRAD,
  TRIPLE_MARGINS_USERS_GRAD,
} from '../../kernel/names.js';
import type {
  RowIdsAttributes,
  TableGradInputs,
  TableInputs,
  TripleAttributes,
  TripleGradAttributes,
  TripleIds,
  TripleMarginsInputs,
  TripleMarginsItemsGradInputs,
  TripleMarginsUsersGradInputs,
} from '../../kernel/signatures.js';
import { type AddonContext, defineKernel } from './define-kernel.js';

export const tripleKernels: readonly KernelConfig[] = [
  defineKernel<TripleMarginsInputs, TripleAttributes>(TRIPLE_MARGINS, (context, { users, items }, { triples }) =>
    context.run('TripleMargins', users, items, ...lists(context, triples)),
  ),
  defineKernel<TripleMarginsUsersGradInputs, TripleGradAttributes>(
    TRIPLE_MARGINS_USERS_GRAD,
    (context, { items, dy }, { triples, rows }) =>
      context.run('TripleMarginsUsersGrad', items, dy, ...lists(context, triples), context.ints([rows])),
  ),
  defineKernel<TripleMarginsItemsGradInputs, TripleGradAttributes>(
    TRIPLE_MARGINS_ITEMS_GRAD,
    (context, { users, dy }, { triples, rows }) =>
      context.run('TripleMarginsItemsGrad', users, dy, ...lists(context, triples), context.ints([rows])),
  ),
  defineKernel<TableInputs, RowIdsAttributes>(SQUARES_OF_ROWS, ({ run, ints }, { table }, { ids }) =>
    run('SquaresOfRows', table, ints(ids)),
  ),
  defineKernel<TableGradInputs, RowIdsAttributes>(SQUARES_OF_ROWS_GRAD, ({ run, ints }, { table, dy }, { ids }) =>
    run('SquaresOfRowsGrad', table, dy, ints(ids)),
  ),
];

function lists({ ints }: AddonContext, { users, positives, negatives }: TripleIds): TensorInfo[] {
  return [ints(users), ints(positives), ints(negatives)];
}
