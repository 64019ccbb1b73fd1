import type { KernelConfig, TensorInfo } from '@tensorflow/tfjs-core';
import type { AdamAttributes, AdamTables } from '../../kernel/signatures.js';
import { type AddonContext, defineKernel } from './define-kernel.js';

export const adamKernels: readonly KernelConfig[] = [
  defineKernel('AdamStep', (context, inputs, attributes) => {
    const [p, m, v] = ownTables(context, inputs);
    context.run('AdamStep', p, inputs.gradient, m, v, constants(context, attributes));
    return [p, m, v];
  }),
  defineKernel('AdamStepRows', (context, inputs, { ids, ...attributes }) => {
    const [p, m, v] = ownTables(context, inputs);
    context.run('AdamStepRows', p, inputs.gradient, m, v, context.ints(ids), constants(context, attributes));
    return [p, m, v];
  }),
  defineKernel('AdamMissedSteps', (context, inputs, { ids, groups, offsets, segments, epsilon }) => {
    const [p, m, v] = ownTables(context, inputs);
    const [rows, groupOfRow, starts] = [ids, groups, offsets].map((values) => context.ints(values));
    context.run(
      'AdamMissedSteps',
      ...[p, m, v, rows!, groupOfRow!, starts!],
      ...[context.floats(segments), context.floats([epsilon])],
    );
    return [p, m, v];
  }),
];

/** p, m and v to write into. */
function ownTables(
  { ownMemory }: AddonContext,
  { parameter, firstMoment, secondMoment }: AdamTables,
): [p: TensorInfo, m: TensorInfo, v: TensorInfo] {
  return [ownMemory(parameter), ownMemory(firstMoment), ownMemory(secondMoment)];
}

/** In the order in which adam.cc reads them. */
function constants(
  { floats }: AddonContext,
  { beta1, beta2, epsilon, stepSize, correction }: AdamAttributes,
): TensorInfo {
  return floats([beta1, 1 - beta1, beta2, 1 - beta2, epsilon, stepSize, correction]);
}
