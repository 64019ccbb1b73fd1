import { type Tensor1D, unsortedSegmentSum } from '@tensorflow/tfjs-core';
import { SCATTER_ADD_ROWS } from '../kernel/names.js';
import type { ScatterAddRowsAttributes, ScatterAddRowsInputs } from '../kernel/signatures.js';
import { defineKernel } from './define-kernel.js';

export const scatterAddRowsKernel = defineKernel<ScatterAddRowsInputs, ScatterAddRowsAttributes>(
  SCATTER_ADD_ROWS,
  ({ updates, ids }, { rows }) => unsortedSegmentSum(updates, ids as Tensor1D, rows),
);
