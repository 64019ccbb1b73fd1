import { gather, type Tensor2D, tensor1d } from '@tensorflow/tfjs-core';
import { ADAM_STEP_ROWS } from '../kernel/names.js';
import type { AdamInputs, AdamRowsAttributes } from '../kernel/signatures.js';
import { composeAdamStep } from './adam-step.js';
import { defineKernel } from './define-kernel.js';
import { scatterRows } from './scatter-rows.js';

export const adamStepRowsKernel = defineKernel<AdamInputs, AdamRowsAttributes>(
  ADAM_STEP_ROWS,
  ({ parameter, gradient, firstMoment, secondMoment }, { ids, ...attributes }) => {
    const tables = [parameter, firstMoment, secondMoment] as Tensor2D[];
    const at = tensor1d(ids, 'int32');
    const [p, m, v] = tables.map((table) => gather(table, at)) as [Tensor2D, Tensor2D, Tensor2D];
    const updated = composeAdamStep({ parameter: p, gradient, firstMoment: m, secondMoment: v }, attributes);
    return scatterRows(tables, at, updated as Tensor2D[]);
  },
);
