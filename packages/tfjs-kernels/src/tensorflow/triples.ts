import {
  expandDims,
  gather,
  type KernelConfig,
  mul,
  square,
  sub,
  sum,
  type Tensor,
  tensor1d,
  unsortedSegmentSum,
} from '@tensorflow/tfjs-core';
import type { TripleIds } from '../kernel/signatures.js';
import { defineKernel } from './define-kernel.js';

const upload = (ids: Int32Array) => tensor1d(ids, 'int32');

export const tripleKernels: readonly KernelConfig[] = [
  defineKernel('TripleMargins', ({ users, items }, { triples }) =>
    sum(mul(gather(users, upload(triples.users)), differences(items, triples)), 1),
  ),
  defineKernel('TripleMarginsUsersGrad', ({ items, dy }, { triples, rows }) =>
    unsortedSegmentSum(mul(differences(items, triples), expandDims(dy, 1)), upload(triples.users), rows),
  ),
  defineKernel('TripleMarginsItemsGrad', ({ users, dy }, { triples, rows }) => {
    const changes = mul(gather(users, upload(triples.users)), expandDims(dy, 1));
    const added = unsortedSegmentSum(changes, upload(triples.positives), rows);
    return sub(added, unsortedSegmentSum(changes, upload(triples.negatives), rows));
  }),
  defineKernel('SquaresOfRows', ({ table }, { ids }) => sum(square(gather(table, upload(ids))))),
  defineKernel('SquaresOfRowsGrad', ({ table, dy }, { ids }) => {
    const rows = upload(ids);
    return unsortedSegmentSum(mul(gather(table, rows), mul(dy, 2)), rows, table.shape[0]!);
  }),
];

function differences(items: Tensor, { positives, negatives }: TripleIds): Tensor {
  return sub(gather(items, upload(positives)), gather(items, upload(negatives)));
}
