import {
  add,
  div,
  expandDims,
  gather,
  type KernelConfig,
  mul,
  sqrt,
  square,
  sub,
  type Tensor,
  type Tensor1D,
  type Tensor2D,
  tensor1d,
  tensor3d,
  tensorScatterUpdate,
  unstack,
} from '@tensorflow/tfjs-core';
import { SEGMENT_FLOATS } from '../kernel/adam-segments.js';
import type { AdamAttributes, AdamInputs, AdamMissedStepsAttributes } from '../kernel/signatures.js';
import { type AsTensors, defineKernel } from './define-kernel.js';

/** A segment that changes nothing, for rows whose group has fewer segments than others. */
const idle = [0, 1, 0, 0, 1, 1, 1];
const COMPONENTS = idle.length;

type Columns = [Tensor2D, Tensor2D, Tensor2D, Tensor2D, Tensor2D, Tensor2D, Tensor2D];

export const adamKernels: readonly KernelConfig[] = [
  defineKernel('AdamStep', composeAdamStep),
  defineKernel('AdamStepRows', ({ parameter, gradient, firstMoment, secondMoment }, { ids, ...attributes }) => {
    const tables = [parameter, firstMoment, secondMoment] as Tensor2D[];
    const at = tensor1d(ids, 'int32');
    const [p, m, v] = tables.map((table) => gather(table, at)) as [Tensor2D, Tensor2D, Tensor2D];
    const updated = composeAdamStep({ parameter: p, gradient, firstMoment: m, secondMoment: v }, attributes);
    return scatterRows(tables, at, updated as Tensor2D[]);
  }),
  defineKernel('AdamMissedSteps', ({ parameter, firstMoment, secondMoment }, attributes) => {
    const { ids, epsilon } = attributes;
    const tables = [parameter, firstMoment, secondMoment] as Tensor2D[];
    const at = tensor1d(ids, 'int32');
    let [p, m, v] = tables.map((table) => gather(table, at)) as [Tensor2D, Tensor2D, Tensor2D];
    let s = sqrt<Tensor2D>(v);
    for (const [weight, slope, spread, skew, decayM, decayV, decayS] of segmentColumns(attributes)) {
      const denominator = add(mul(s, slope), epsilon);
      const x = div(s, denominator);
      const leading = div(mul(m, weight), denominator);
      const tail = mul(mul(x, x), sub(spread, mul(x, skew)));
      p = sub(p, add(leading, mul(leading, tail)));
      m = mul(m, decayM);
      v = mul(v, decayV);
      s = mul(s, decayS);
    }
    return scatterRows(tables, at, [p, m, v]);
  }),
];

/** The updated parameter, first and second moment. */
function composeAdamStep(
  { parameter, gradient, firstMoment, secondMoment }: AsTensors<AdamInputs>,
  { beta1, beta2, epsilon, stepSize, correction }: AdamAttributes,
): Tensor[] {
  const m = add(mul(firstMoment, beta1), mul(gradient, 1 - beta1));
  const v = add(mul(secondMoment, beta2), mul(square(gradient), 1 - beta2));
  const p = sub(parameter, div(mul(m, stepSize), add(div(sqrt(v), correction), epsilon)));
  return [p, m, v];
}

/**
 * The components of each row's segment at each depth, `[rows, 1]` each. They are uploaded as one tensor and split on the engine, because
 * every upload to a GPU waits for all of its pending work.
 */
function segmentColumns(attributes: AdamMissedStepsAttributes): Columns[] {
  const { groups, offsets, segments } = attributes;
  const [depth, rows] = [depthOf(attributes), groups.length];
  if (depth === 0) return [];
  const values = new Float32Array(depth * COMPONENTS * rows);
  for (let d = 0; d < depth; d++) {
    for (let row = 0; row < rows; row++) {
      const segment = offsets[groups[row]!]! + d;
      const isThere = segment < offsets[groups[row]! + 1]!;
      for (let component = 0; component < COMPONENTS; component++) {
        values[(d * COMPONENTS + component) * rows + row] = isThere
          ? segments[segment * SEGMENT_FLOATS + component]!
          : idle[component]!;
      }
    }
  }
  const columns = unstack(tensor3d(values, [depth * COMPONENTS, rows, 1])) as Tensor2D[];
  return Array.from({ length: depth }, (_, d) => columns.slice(d * COMPONENTS, (d + 1) * COMPONENTS) as Columns);
}

/** The largest number of segments in a group. */
function depthOf({ offsets }: AdamMissedStepsAttributes): number {
  let depth = 0;
  for (let group = 0; group + 1 < offsets.length; group++)
    depth = Math.max(depth, offsets[group + 1]! - offsets[group]!);
  return depth;
}

/** Copies of the tables with the rows `ids` replaced. */
function scatterRows(tables: readonly Tensor2D[], ids: Tensor1D, rows: readonly Tensor2D[]): Tensor2D[] {
  // TF.js's cpu backend writes into its input tensor, so the product makes a copy.
  return tables.map((table, k) => tensorScatterUpdate(mul(table, 1), expandDims(ids, 1), rows[k]!) as Tensor2D);
}
