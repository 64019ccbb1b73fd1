import type { KernelConfig } from '@tensorflow/tfjs-core';
import { defineKernel } from './define-kernel.js';
import { dot } from './rows.js';

export const tripleKernels: readonly KernelConfig[] = [
  defineKernel('TripleMargins', (cpu, inputs, { triples }) => {
    const users = cpu.floats(inputs.users);
    const items = cpu.floats(inputs.items);
    const d = inputs.users.shape[1]!;
    const out = new Float32Array(triples.users.length);
    for (let k = 0; k < out.length; k++) {
      const [u, p, n] = [triples.users[k]! * d, triples.positives[k]! * d, triples.negatives[k]! * d];
      let sum = 0;
      for (let j = 0; j < d; j++) sum += users[u + j]! * (items[p + j]! - items[n + j]!);
      out[k] = sum;
    }
    return cpu.output([out.length], out);
  }),
  defineKernel('TripleMarginsUsersGrad', (cpu, inputs, { triples, rows }) => {
    const items = cpu.floats(inputs.items);
    const dy = cpu.floats(inputs.dy);
    const d = inputs.items.shape[1]!;
    const out = new Float32Array(rows * d);
    for (let k = 0; k < dy.length; k++) {
      const [u, p, n] = [triples.users[k]! * d, triples.positives[k]! * d, triples.negatives[k]! * d];
      for (let j = 0; j < d; j++) out[u + j]! += dy[k]! * (items[p + j]! - items[n + j]!);
    }
    return cpu.output([rows, d], out);
  }),
  defineKernel('TripleMarginsItemsGrad', (cpu, inputs, { triples, rows }) => {
    const users = cpu.floats(inputs.users);
    const dy = cpu.floats(inputs.dy);
    const d = inputs.users.shape[1]!;
    const out = new Float32Array(rows * d);
    for (let k = 0; k < dy.length; k++) {
      const [u, p, n] = [triples.users[k]! * d, triples.positives[k]! * d, triples.negatives[k]! * d];
      for (let j = 0; j < d; j++) {
        const change = dy[k]! * users[u + j]!;
        out[p + j]! += change;
        out[n + j]! -= change;
      }
    }
    return cpu.output([rows, d], out);
  }),
  defineKernel('SquaresOfRows', (cpu, inputs, { ids }) => {
    const table = cpu.floats(inputs.table);
    const d = inputs.table.shape[1]!;
    const total = ids.reduce((sum, id) => sum + dot(table, id * d, table, id * d, d), 0);
    return cpu.output([], Float32Array.of(total));
  }),
  defineKernel('SquaresOfRowsGrad', (cpu, inputs, { ids }) => {
    const table = cpu.floats(inputs.table);
    const d = inputs.table.shape[1]!;
    const factor = 2 * cpu.floats(inputs.dy)[0]!;
    const out = new Float32Array(table.length);
    for (const id of ids) for (let at = id * d; at < (id + 1) * d; at++) out[at]! += factor * table[at]!;
    return cpu.output(inputs.table.shape, out);
  }),
];
