import { add, matMul } from '@tensorflow/tfjs-core';
import { LINEAR } from '../kernel/names.js';
import type { LinearInputs } from '../kernel/signatures.js';
import { defineKernel } from './define-kernel.js';

export const linearKernel = defineKernel<LinearInputs>(LINEAR, ({ x, kernel, bias }) =>
  bias === undefined ? matMul(x, kernel) : add(matMul(x, kernel), bias),
);
