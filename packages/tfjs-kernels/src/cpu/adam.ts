import type { KernelConfig } from '@tensorflow/tfjs-core';
import { SEGMENT_FLOATS } from '../kernel/adam-segments.js';
import type { AdamAttributes, AdamTables } from '../kernel/signatures.js';
import { type CpuContext, defineKernel } from './define-kernel.js';

/** These write new arrays, because the cpu backend may share an array with the user's code. */
export const adamKernels: readonly KernelConfig[] = [
  defineKernel('AdamStep', (cpu, inputs, attributes) => {
    const tables = copiesOf(cpu, inputs);
    const gradient = cpu.floats(inputs.gradient);
    for (let at = 0; at < gradient.length; at++) updateElement(tables, at, gradient[at]!, attributes);
    return tables.map((values) => cpu.output(inputs.parameter.shape, values));
  }),
  defineKernel('AdamStepRows', (cpu, inputs, { ids, ...attributes }) => {
    const tables = copiesOf(cpu, inputs);
    const gradient = cpu.floats(inputs.gradient);
    const d = inputs.parameter.shape[1]!;
    for (const [i, id] of ids.entries())
      for (let j = 0; j < d; j++) updateElement(tables, id * d + j, gradient[i * d + j]!, attributes);
    return tables.map((values) => cpu.output(inputs.parameter.shape, values));
  }),
  defineKernel('AdamMissedSteps', (cpu, inputs, { ids, groups, offsets, segments, epsilon }) => {
    const [p, m, v] = copiesOf(cpu, inputs);
    const d = inputs.parameter.shape[1]!;
    for (const [i, id] of ids.entries()) {
      const [first, end] = [offsets[groups[i]!]!, offsets[groups[i]! + 1]!];
      for (let at = id * d; at < (id + 1) * d; at++) {
        let s = Math.sqrt(v[at]!);
        for (let k = first * SEGMENT_FLOATS; k < end * SEGMENT_FLOATS; k += SEGMENT_FLOATS) {
          const denominator = segments[k + 1]! * s + epsilon;
          const x = s / denominator;
          const tail = x * x * (segments[k + 2]! - x * segments[k + 3]!);
          p[at]! -= ((segments[k]! * m[at]!) / denominator) * (1 + tail);
          m[at]! *= segments[k + 4]!;
          v[at]! *= segments[k + 5]!;
          s *= segments[k + 6]!;
        }
      }
    }
    return [p, m, v].map((values) => cpu.output(inputs.parameter.shape, values));
  }),
];

/** Updates element `at` of p, m and v with the gradient g. */
function updateElement(
  [p, m, v]: readonly [Float32Array, Float32Array, Float32Array],
  at: number,
  g: number,
  { beta1, beta2, epsilon, stepSize, correction }: AdamAttributes,
): void {
  m[at] = beta1 * m[at]! + (1 - beta1) * g;
  v[at] = beta2 * v[at]! + (1 - beta2) * g * g;
  p[at]! -= (stepSize * m[at]!) / (Math.sqrt(v[at]!) / correction + epsilon);
}

/** Writable copies of p, m and v. */
function copiesOf(
  cpu: CpuContext,
  { parameter, firstMoment, secondMoment }: AdamTables,
): [p: Float32Array, m: Float32Array, v: Float32Array] {
  return [cpu.floats(parameter).slice(), cpu.floats(firstMoment).slice(), cpu.floats(secondMoment).slice()];
}
