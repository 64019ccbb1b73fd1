import { TOP_K_OF_PRODUCT } from '../kernel-names.js';
import type { TopKAttributes, TopKInputs } from '../kernel-signatures.js';
import { selectTopK } from '../top-k-selection.js';
import { defineKernel } from './define-kernel.js';
import { dot } from './dot.js';

export const topKOfProductKernel = defineKernel<TopKInputs, TopKAttributes>(
  TOP_K_OF_PRODUCT,
  (cpu, inputs, { k, excluded }) => {
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
  },
);
