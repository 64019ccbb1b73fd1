import { mul, sum } from '@tensorflow/tfjs-core';
import { ROW_DOT } from '../kernel/names.js';
import type { PairInputs } from '../kernel/signatures.js';
import { defineKernel } from './define-kernel.js';

export const rowDotKernel = defineKernel<PairInputs>(ROW_DOT, ({ a, b }) => sum(mul(a, b), 1));
