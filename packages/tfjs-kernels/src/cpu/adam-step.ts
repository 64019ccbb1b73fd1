import { ADAM_STEP } from '../kernel/names.js';
import type { AdamAttributes, AdamInputs, AdamTables } from '../kernel/signatures.js';
import { type CpuContext, defineKernel } from './define-kernel.js';

/** The update of element `at` of p, m and v by the gradient g. */
export function updateElement(
  [p, m, v]: readonly [Float32Array, Float32Array, Float32Array],
  at: number,
  g: number,
  { beta1, beta2, epsilon, stepSize, correction }: AdamAttributes,
): void {
  m[at] = beta1 * m[at]! + (1 - beta1) * g;
  v[at] = beta2 * v[at]! + (1 - beta2) * g * g;
  p[at]! -= (stepSize * m[at]!) / (Math.sqrt(v[at]!) / correction + epsilon);
}

/** Writes new arrays: the cpu backend may hold an array that its user still holds too. */
export const adamStepKernel = defineKernel<AdamInputs, AdamAttributes>(ADAM_STEP, (cpu, inputs, attributes) => {
  const tables = copiesOf(cpu, inputs);
  const gradient = cpu.floats(inputs.gradient);
  for (let at = 0; at < gradient.length; at++) updateElement(tables, at, gradient[at]!, attributes);
  return tables.map((values) => cpu.output(inputs.parameter.shape, values));
});

/** p, m and v to write into. */
export function copiesOf(
  cpu: CpuContext,
  { parameter, firstMoment, secondMoment }: AdamTables,
): [p: Float32Array, m: Float32Array, v: Float32Array] {
  return [cpu.floats(parameter).slice(), cpu.floats(firstMoment).slice(), cpu.floats(secondMoment).slice()];
}
