import type { KernelConfig } from '@tensorflow/tfjs-core';
import { notANumber } from '../kernel/check.js';
import type { Excluded } from '../kernel/signatures.js';
import { defineKernel } from './define-kernel.js';
import { dot } from './rows.js';

export const topKKernels: readonly KernelConfig[] = [
  defineKernel('TopKOfProduct', (cpu, inputs, { k, excluded }) => {
    const users = cpu.floats(inputs.users);
    const items = cpu.floats(inputs.items);
    const [n, d] = inputs.users.shape as [number, number];
    const m = inputs.items.shape[0]!;
    const ids = new Int32Array(n * k);
    const scores = new Float32Array(n * k);
    const row = new Float32Array(m);
    for (let user = 0; user < n; user++) {
      for (let item = 0; item < m; item++) row[item] = dot(users, user * d, items, item * d, d);
      selectTopK(row, user, k, excluded, ids, scores, user * k);
    }
    return [cpu.output([n, k], ids), cpu.output([n, k], scores)];
  }),
];

/**
 * Writes the best k of one user's scores into ids and scores, starting at `at`: best first, ties to the lower id, then -1 and -Infinity
 * if fewer than k items remain. Overwrites `row`.
 */
function selectTopK(
  row: Float32Array,
  user: number,
  k: number,
  excluded: Excluded | undefined,
  ids: Int32Array,
  scores: Float32Array,
  at: number,
): void {
  for (let i = 0; i < row.length; i++) if (Number.isNaN(row[i])) throw notANumber(user);
  if (excluded !== undefined) {
    for (let e = excluded.offsets[user]!; e < excluded.offsets[user + 1]!; e++) row[excluded.items[e]!] = Number.NaN;
  }
  let count = 0;
  for (let i = 0; i < row.length; i++) {
    const score = row[i]!;
    if (Number.isNaN(score) || (count === k && !(score > scores[at + k - 1]!))) continue;
    let slot = count < k ? count++ : k - 1;
    for (; slot > 0 && scores[at + slot - 1]! < score; slot--) {
      scores[at + slot] = scores[at + slot - 1]!;
      ids[at + slot] = ids[at + slot - 1]!;
    }
    if (k > 0) {
      scores[at + slot] = score;
      ids[at + slot] = i;
    }
  }
  ids.fill(-1, at + count, at + k);
  scores.fill(Number.NEGATIVE_INFINITY, at + count, at + k);
}
