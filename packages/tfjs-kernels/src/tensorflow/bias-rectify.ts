import { add, leakyRelu } from '@tensorflow/tfjs-core';
import { BIAS_RECTIFY } from '../kernel/names.js';
import type { BiasRectifyInputs, SlopeAttributes } from '../kernel/signatures.js';
import { defineKernel } from './define-kernel.js';

export const biasRectifyKernel = defineKernel<BiasRectifyInputs, SlopeAttributes>(
  BIAS_RECTIFY,
  ({ x, bias, first, second }, { slope }) => {
    const addends = [first, second].filter((addend) => addend !== undefined);
    return leakyRelu(
      addends.reduce((sum, addend) => add(sum, addend), add(x, bias)),
      slope,
    );
  },
);
