import { square, sum } from '@tensorflow/tfjs-core';
import { SUM_OF_SQUARES } from '../kernel/names.js';
import type { UnaryInputs } from '../kernel/signatures.js';
import { defineKernel } from './define-kernel.js';

export const sumOfSquaresKernel = defineKernel<UnaryInputs>(SUM_OF_SQUARES, ({ x }) => sum(square(x)));
