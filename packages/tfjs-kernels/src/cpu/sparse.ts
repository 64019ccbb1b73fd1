import type { KernelConfig } from '@tensorflow/tfjs-core';
import { defineKernel } from './define-kernel.js';
import { dot } from './rows.js';

export const sparseKernels: readonly KernelConfig[] = [
  defineKernel('CsrMatMul', (cpu, inputs, { pattern }) => {
    const values = cpu.floats(inputs.values);
    const dense = cpu.floats(inputs.dense);
    const d = inputs.dense.shape[1]!;
    const { rows, rowOffsets, columnIndices } = pattern;
    const out = new Float32Array(rows * d);
    const sum = new Float64Array(d);
    for (let r = 0; r < rows; r++) {
      sum.fill(0);
      for (let e = rowOffsets[r]!; e < rowOffsets[r + 1]!; e++) {
        const value = values[e]!;
        const from = columnIndices[e]! * d;
        for (let j = 0; j < d; j++) sum[j]! += value * dense[from + j]!;
      }
      out.set(sum, r * d);
    }
    return cpu.output([rows, d], out);
  }),
  defineKernel('SampledMatMul', (cpu, inputs, { pattern }) => {
    const a = cpu.floats(inputs.a);
    const b = cpu.floats(inputs.b);
    const d = inputs.a.shape[1]!;
    const { rows, entries, rowOffsets, columnIndices } = pattern;
    const out = new Float32Array(entries);
    for (let r = 0; r < rows; r++) {
      for (let e = rowOffsets[r]!; e < rowOffsets[r + 1]!; e++) out[e] = dot(a, r * d, b, columnIndices[e]! * d, d);
    }
    return cpu.output([entries], out);
  }),
  defineKernel('SegmentSoftmax', (cpu, inputs, { pattern }) => {
    const x = cpu.floats(inputs.x);
    const out = new Float32Array(x.length);
    for (let r = 0; r < pattern.rows; r++) {
      const start = pattern.rowOffsets[r]!;
      const end = pattern.rowOffsets[r + 1]!;
      let top = Number.NEGATIVE_INFINITY;
      for (let e = start; e < end; e++) top = Math.max(top, x[e]!);
      let sum = 0;
      for (let e = start; e < end; e++) sum += Math.exp(x[e]! - top);
      for (let e = start; e < end; e++) out[e] = Math.exp(x[e]! - top) / sum;
    }
    return cpu.output([x.length], out);
  }),
  defineKernel('SegmentSoftmaxGrad', (cpu, inputs, { pattern }) => {
    const y = cpu.floats(inputs.y);
    const dy = cpu.floats(inputs.dy);
    const out = new Float32Array(y.length);
    for (let r = 0; r < pattern.rows; r++) {
      const start = pattern.rowOffsets[r]!;
      const end = pattern.rowOffsets[r + 1]!;
      let sum = 0;
      for (let e = start; e < end; e++) sum += y[e]! * dy[e]!;
      for (let e = start; e < end; e++) out[e] = y[e]! * (dy[e]! - sum);
    }
    return cpu.output([y.length], out);
  }),
  defineKernel('SegmentSum', (cpu, inputs, { pattern }) => {
    const x = cpu.floats(inputs.x);
    const width = inputs.x.shape[1] ?? 1;
    const { rows, rowOffsets } = pattern;
    const out = new Float32Array(rows * width);
    const sum = new Float64Array(width);
    for (let r = 0; r < rows; r++) {
      sum.fill(0);
      for (let e = rowOffsets[r]!; e < rowOffsets[r + 1]!; e++) {
        for (let j = 0; j < width; j++) sum[j]! += x[e * width + j]!;
      }
      out.set(sum, r * width);
    }
    return cpu.output([rows, ...inputs.x.shape.slice(1)], out);
  }),
];
