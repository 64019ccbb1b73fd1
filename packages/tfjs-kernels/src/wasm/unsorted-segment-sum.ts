import { UnsortedSegmentSum } from '@tensorflow/tfjs-core';
import type { UnaryInputs } from '../kernel/signatures.js';
import { sizeOf } from './context.js';
import { defineKernel } from './define-kernel.js';

interface Inputs extends UnaryInputs {
  readonly segmentIds: UnaryInputs['x'];
}

/** TF.js's own kernel, which its wasm backend lacks and the gradient of tf.gather needs. Ids below 0 or beyond are dropped. */
export const unsortedSegmentSumKernel = defineKernel<Inputs, { numSegments: number }>(
  UnsortedSegmentSum,
  (wasm, { x, segmentIds }, { numSegments }) => {
    const count = sizeOf(segmentIds.shape);
    const rest = x.shape.slice(segmentIds.shape.length);
    const width = sizeOf(rest);
    const out = wasm.output([numSegments, ...rest], x.dtype);
    if (x.dtype === 'float32') {
      wasm.kernels.scatterAddRows(
        wasm.address(x),
        wasm.address(segmentIds),
        wasm.address(out),
        count,
        numSegments,
        width,
      );
      return out;
    }
    const [from, ids, to] = [wasm.ints(x), wasm.ints(segmentIds), wasm.ints(out).fill(0)];
    for (let i = 0; i < count; i++) {
      const id = ids[i]!;
      if (id < 0 || id >= numSegments) continue;
      for (let j = 0; j < width; j++) to[id * width + j]! += from[i * width + j]!;
    }
    return out;
  },
);
