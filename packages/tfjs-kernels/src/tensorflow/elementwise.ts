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
import { defineKernel } from './define-kernel.js';

export const elementwiseKernels: readonly KernelConfig[] = [
  defineKernel('LeakyRectify', ({ x }, { slope }) => leakyRelu(x, slope)),
  defineKernel('LeakyRectifyGrad', ({ x, dy }, { slope }) => where(greater(x, 0), dy, mul(dy, slope))),
  defineKernel('StableSoftplus', ({ x }) => add(relu(x), log1p(exp(neg(abs(x)))))),
  defineKernel('StableSoftplusGrad', ({ x, dy }) => mul(sigmoid(x), dy)),
  defineKernel('BiasRectify', ({ x, bias, first, second }, { slope }) => {
    const addends = [first, second].filter((addend) => addend !== undefined);
    return leakyRelu(
      addends.reduce((sum, addend) => add(sum, addend), add(x, bias)),
      slope,
    );
  }),
  defineKernel('ColumnSum', ({ x }) => sum(x, 0)),
  defineKernel('SumOfSquares', ({ x }) => sum(square(x))),
];
