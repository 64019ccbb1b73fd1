import type { KernelConfig } from '@tensorflow/tfjs-core';
import { checkIds } from '../kernel/check.js';
import { defineKernel } from './define-kernel.js';

export const rowKernels: readonly KernelConfig[] = [
  defineKernel('GatherRows', (cpu, inputs) => {
    const table = cpu.floats(inputs.table);
    const ids = cpu.ints(inputs.ids);
    const [n, d] = inputs.table.shape as [number, number];
    checkIds('gatherRows: ids', ids, n);
    const out = new Float32Array(ids.length * d);
    for (let i = 0; i < ids.length; i++) out.set(table.subarray(ids[i]! * d, (ids[i]! + 1) * d), i * d);
    return cpu.output([ids.length, d], out);
  }),
  defineKernel('ScatterAddRows', (cpu, inputs, { rows }) => {
    const updates = cpu.floats(inputs.updates);
    const ids = cpu.ints(inputs.ids);
    const d = inputs.updates.shape[1]!;
    const out = new Float32Array(rows * d);
    for (let i = 0; i < ids.length; i++) {
      const to = ids[i]! * d;
      for (let j = 0; j < d; j++) out[to + j]! += updates[i * d + j]!;
    }
    return cpu.output([rows, d], out);
  }),
  defineKernel('Linear', (cpu, inputs) => {
    const x = cpu.floats(inputs.x);
    const kernel = cpu.floats(inputs.kernel);
    const bias = inputs.bias === undefined ? undefined : cpu.floats(inputs.bias);
    const [n, k] = inputs.x.shape as [number, number];
    const d = inputs.kernel.shape[1]!;
    const out = new Float32Array(n * d);
    const sum = new Float64Array(d);
    for (let i = 0; i < n; i++) {
      if (bias === undefined) sum.fill(0);
      else sum.set(bias);
      for (let q = 0; q < k; q++) {
        const value = x[i * k + q]!;
        for (let j = 0; j < d; j++) sum[j]! += value * kernel[q * d + j]!;
      }
      out.set(sum, i * d);
    }
    return cpu.output([n, d], out);
  }),
  defineKernel('NormalizeRows', (cpu, inputs, { epsilon }) => {
    const x = cpu.floats(inputs.x);
    const [n, d] = inputs.x.shape as [number, number];
    const out = new Float32Array(x.length);
    for (let i = 0; i < n; i++) {
      const norm = Math.max(Math.sqrt(dot(x, i * d, x, i * d, d)), epsilon);
      for (let j = i * d; j < (i + 1) * d; j++) out[j] = x[j]! / norm;
    }
    return cpu.output([n, d], out);
  }),
  defineKernel('NormalizeRowsGrad', (cpu, inputs, { epsilon }) => {
    const x = cpu.floats(inputs.x);
    const dy = cpu.floats(inputs.dy);
    const [n, d] = inputs.x.shape as [number, number];
    const out = new Float32Array(x.length);
    for (let i = 0; i < n; i++) {
      const square = dot(x, i * d, x, i * d, d);
      const norm = Math.sqrt(square);
      const along = norm > epsilon ? dot(x, i * d, dy, i * d, d) / square : 0;
      for (let j = i * d; j < (i + 1) * d; j++) out[j] = (dy[j]! - x[j]! * along) / Math.max(norm, epsilon);
    }
    return cpu.output([n, d], out);
  }),
  defineKernel('RowDot', (cpu, inputs) => {
    const a = cpu.floats(inputs.a);
    const b = cpu.floats(inputs.b);
    const [n, d] = inputs.a.shape as [number, number];
    const out = new Float32Array(n);
    for (let i = 0; i < n; i++) out[i] = dot(a, i * d, b, i * d, d);
    return cpu.output([n], out);
  }),
  defineKernel('ScaleRows', (cpu, inputs) => {
    const x = cpu.floats(inputs.x);
    const weights = cpu.floats(inputs.weights);
    const [n, d] = inputs.x.shape as [number, number];
    const out = new Float32Array(x.length);
    for (let i = 0; i < n; i++) for (let j = i * d; j < (i + 1) * d; j++) out[j] = x[j]! * weights[i]!;
    return cpu.output([n, d], out);
  }),
];

/** The dot product of a[i..i+d) and b[j..j+d), in double precision. */
export function dot(a: Float32Array, i: number, b: Float32Array, j: number, d: number): number {
  let sum = 0;
  for (let x = 0; x < d; x++) sum += a[i + x]! * b[j + x]!;
  return sum;
}
