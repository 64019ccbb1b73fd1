import { add, div, gather, mul, sqrt, sub, type Tensor2D, tensor1d, tensor2d } from '@tensorflow/tfjs-core';
import { SEGMENT_FLOATS } from '../adam-segments.js';
import { ADAM_MISSED_STEPS } from '../kernel-names.js';
import type { AdamMissedStepsAttributes, AdamTables } from '../kernel-signatures.js';
import { defineKernel } from './define-kernel.js';
import { scatterRows } from './scatter-rows.js';

export const adamMissedStepsKernel = defineKernel<AdamTables, AdamMissedStepsAttributes>(
  ADAM_MISSED_STEPS,
  ({ parameter, firstMoment, secondMoment }, attributes) => {
    const { ids, epsilon } = attributes;
    const tables = [parameter, firstMoment, secondMoment] as Tensor2D[];
    const at = tensor1d(ids, 'int32');
    let [p, m, v] = tables.map((table) => gather(table, at)) as [Tensor2D, Tensor2D, Tensor2D];
    let s = sqrt<Tensor2D>(v);
    for (let depth = 0; depth < depthOf(attributes); depth++) {
      const column = columnsOfSegment(attributes, depth);
      const denominator = add(mul(s, column(1)), epsilon);
      const x = div(s, denominator);
      const leading = div(mul(m, column(0)), denominator);
      const tail = mul(mul(x, x), sub(column(2), mul(x, column(3))));
      p = sub(p, add(leading, mul(leading, tail)));
      m = mul(m, column(4));
      v = mul(v, column(5));
      s = mul(s, column(6));
    }
    return scatterRows(tables, at, [p, m, v]);
  },
);

/** The most segments that a group has. */
function depthOf({ offsets }: AdamMissedStepsAttributes): number {
  let depth = 0;
  for (let group = 0; group + 1 < offsets.length; group++)
    depth = Math.max(depth, offsets[group + 1]! - offsets[group]!);
  return depth;
}

/** Changes nothing: for rows whose group has fewer segments than others. */
const idle = [0, 1, 0, 0, 1, 1, 1, 0];

/** Each row's segment number `depth`, by component: `[rows, 1]`. */
function columnsOfSegment({ groups, offsets, segments }: AdamMissedStepsAttributes, depth: number) {
  const positions = [...groups].map((group) => {
    const segment = offsets[group]! + depth;
    return segment < offsets[group + 1]! ? segment * SEGMENT_FLOATS : undefined;
  });
  return (component: number): Tensor2D =>
    tensor2d(
      positions.map((at) => (at === undefined ? idle[component]! : segments[at + component]!)),
      [groups.length, 1],
    );
}
