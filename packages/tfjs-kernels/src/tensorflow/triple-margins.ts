import { expandDims, gather, mul, sub, sum, type Tensor, tensor1d, unsortedSegmentSum } from '@tensorflow/tfjs-core';
import { TRIPLE_MARGINS, TRIPLE_MARGINS_ITEMS_GRAD, TRIPLE_MARGINS_USERS_GRAD } from '../kernel/names.js';
import type {
  TripleAttributes,
  TripleGradAttributes,
  TripleIds,
  TripleMarginsInputs,
  TripleMarginsItemsGradInputs,
  TripleMarginsUsersGradInputs,
} from '../kernel/signatures.js';
import { defineKernel } from './define-kernel.js';

const upload = (ids: Int32Array) => tensor1d(ids, 'int32');

function differences(items: Tensor, { positives, negatives }: TripleIds): Tensor {
  return sub(gather(items, upload(positives)), gather(items, upload(negatives)));
}

export const tripleMarginsKernel = defineKernel<TripleMarginsInputs, TripleAttributes>(
  TRIPLE_MARGINS,
  ({ users, items }, { triples }) => sum(mul(gather(users, upload(triples.users)), differences(items, triples)), 1),
);

export const tripleMarginsUsersGradKernel = defineKernel<TripleMarginsUsersGradInputs, TripleGradAttributes>(
  TRIPLE_MARGINS_USERS_GRAD,
  ({ items, dy }, { triples, rows }) =>
    unsortedSegmentSum(mul(differences(items, triples), expandDims(dy, 1)), upload(triples.users), rows),
);

export const tripleMarginsItemsGradKernel = defineKernel<TripleMarginsItemsGradInputs, TripleGradAttributes>(
  TRIPLE_MARGINS_ITEMS_GRAD,
  ({ users, dy }, { triples, rows }) => {
    const changes = mul(gather(users, upload(triples.users)), expandDims(dy, 1));
    const added = unsortedSegmentSum(changes, upload(triples.positives), rows);
    return sub(added, unsortedSegmentSum(changes, upload(triples.negatives), rows));
  },
);
