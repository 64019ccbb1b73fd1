import { sum } from '@tensorflow/tfjs-core';
import { COLUMN_SUM } from '../kernel/names.js';
import type { UnaryInputs } from '../kernel/signatures.js';
import { defineKernel } from './define-kernel.js';

export const columnSumKernel = defineKernel<UnaryInputs>(COLUMN_SUM, ({ x }) => sum(x, 0));
