import type { KernelConfig, TensorInfo } from '@tensorflow/tfjs-core';
import type { TripleIds } from '../../kernel/signatures.js';
import { type AddonContext, defineKernel } from './define-kernel.js';

export const tripleKernels: readonly KernelConfig[] = [
  defineKernel('TripleMargins', (context, { users, items }, { triples }) =>
    context.run('TripleMargins', users, items, ...lists(context, triples)),
  ),
  defineKernel('TripleMarginsUsersGrad', (context, { items, dy }, { triples, rows }) =>
    context.run('TripleMarginsUsersGrad', items, dy, ...lists(context, triples), context.ints([rows])),
  ),
  defineKernel('TripleMarginsItemsGrad', (context, { users, dy }, { triples, rows }) =>
    context.run('TripleMarginsItemsGrad', users, dy, ...lists(context, triples), context.ints([rows])),
  ),
  defineKernel('SquaresOfRows', ({ run, ints }, { table }, { ids }) => run('SquaresOfRows', table, ints(ids))),
  defineKernel('SquaresOfRowsGrad', ({ run, ints }, { table, dy }, { ids }) =>
    run('SquaresOfRowsGrad', table, dy, ints(ids)),
  ),
];

function lists({ ints }: AddonContext, { users, positives, negatives }: TripleIds): TensorInfo[] {
  return [ints(users), ints(positives), ints(negatives)];
}
