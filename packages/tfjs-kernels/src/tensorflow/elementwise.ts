import {
  abs,
  add,
  exp,
  greater,
  type KernelConfig,
  leakyRelu,
  log1p,
  mul,
  neg,
  relu,
  sigmoid,
  square,
  sum,
  where,
} from '@tensorflow/tfjs-core';
import {
  BIAS_RECTIFY,
  COLUMN_SUM,
  LEAKY_RECTIFY,
  LEAKY_RECTIFY_GRAD,
  STABLE_SOFTPLUS,
  STABLE_SOFTPLUS_GRAD,
  SUM_OF_SQUARES,
} from '../kernel/names.js';
import type { BiasRectifyInputs, SlopeAttributes, UnaryGradInputs, UnaryInputs } from '../kernel/signatures.js';
import { defineKernel } from './define-kernel.js';

export const elementwiseKernels: readonly KernelConfig[] = [
  defineKernel<UnaryInputs, SlopeAttributes>(LEAKY_RECTIFY, ({ x }, { slope }) => leakyRelu(x, slope)),
  defineKernel<UnaryGradInputs, SlopeAttributes>(LEAKY_RECTIFY_GRAD, ({ x, dy }, { slope }) =>
    where(greater(x, 0), dy, mul(dy, slope)),
  ),
  defineKernel<UnaryInputs>(STABLE_SOFTPLUS, ({ x }) => add(relu(x), log1p(exp(neg(abs(x)))))),
  defineKernel<UnaryGradInputs>(STABLE_SOFTPLUS_GRAD, ({ x, dy }) => mul(sigmoid(x), dy)),
  defineKernel<BiasRectifyInputs, SlopeAttributes>(BIAS_RECTIFY, ({ x, bias, first, second }, { slope }) => {
    const addends = [first, second].filter((addend) => addend !== undefined);
    return leakyRelu(
      addends.reduce((sum, addend) => add(sum, addend), add(x, bias)),
      slope,
    );
  }),
  defineKernel<UnaryInputs>(COLUMN_SUM, ({ x }) => sum(x, 0)),
  defineKernel<UnaryInputs>(SUM_OF_SQUARES, ({ x }) => sum(square(x))),
];
