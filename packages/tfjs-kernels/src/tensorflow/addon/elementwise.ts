import type { KernelConfig } from '@tensorflow/tfjs-core';
import {
  BIAS_RECTIFY,
  COLUMN_SUM,
  LEAKY_RECTIFY,
  LEAKY_RECTIFY_GRAD,
  STABLE_SOFTPLUS,
  STABLE_SOFTPLUS_GRAD,
  SUM_OF_SQUARES,
} from '../../kernel/names.js';
import type { BiasRectifyInputs, SlopeAttributes, UnaryGradInputs, UnaryInputs } from '../../kernel/signatures.js';
import { defineKernel } from './define-kernel.js';

export const elementwiseKernels: readonly KernelConfig[] = [
  defineKernel<BiasRectifyInputs, SlopeAttributes>(
    BIAS_RECTIFY,
    ({ run, floats }, { x, bias, first, second }, { slope }) => {
      const none = floats([]);
      return run('BiasRectify', x, bias, first ?? none, second ?? none, floats([slope]));
    },
  ),
  defineKernel<UnaryInputs>(COLUMN_SUM, ({ run }, { x }) => run('ColumnSum', x)),
  defineKernel<UnaryInputs, SlopeAttributes>(LEAKY_RECTIFY, ({ run, floats }, { x }, { slope }) =>
    run('LeakyRectify', x, floats([slope])),
  ),
  defineKernel<UnaryGradInputs, SlopeAttributes>(LEAKY_RECTIFY_GRAD, ({ run, floats }, { x, dy }, { slope }) =>
    run('LeakyRectifyGrad', x, dy, floats([slope])),
  ),
  defineKernel<UnaryInputs>(STABLE_SOFTPLUS, ({ run }, { x }) => run('StableSoftplus', x)),
  defineKernel<UnaryGradInputs>(STABLE_SOFTPLUS_GRAD, ({ run }, { x, dy }) => run('StableSoftplusGrad', x, dy)),
  defineKernel<UnaryInputs>(SUM_OF_SQUARES, ({ run }, { x }) => run('SumOfSquares', x)),
];
