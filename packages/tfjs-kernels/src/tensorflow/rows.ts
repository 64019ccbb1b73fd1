import {
  add,
  div,
  expandDims,
  gather,
  greater,
  type KernelConfig,
  matMul,
  maximum,
  mul,
  sqrt,
  square,
  sub,
  sum,
  type Tensor1D,
  unsortedSegmentSum,
  where,
  zerosLike,
} from '@tensorflow/tfjs-core';
import {
  GATHER_ROWS,
  LINEAR,
  NORMALIZE_ROWS,
  NORMALIZE_ROWS_GRAD,
  ROW_DOT,
  SCALE_ROWS,
  SCATTER_ADD_ROWS,
} from '../kernel/names.js';
import type {
  EpsilonAttributes,
  GatherRowsInputs,
  LinearInputs,
  PairInputs,
  ScaleRowsInputs,
  ScatterAddRowsAttributes,
  ScatterAddRowsInputs,
  UnaryGradInputs,
  UnaryInputs,
} from '../kernel/signatures.js';
import { defineKernel } from './define-kernel.js';

export const rowKernels: readonly KernelConfig[] = [
  defineKernel<GatherRowsInputs>(GATHER_ROWS, ({ table, ids }) => gather(table, ids)),
  defineKernel<ScatterAddRowsInputs, ScatterAddRowsAttributes>(SCATTER_ADD_ROWS, ({ updates, ids }, { rows }) =>
    unsortedSegmentSum(updates, ids as Tensor1D, rows),
  ),
  defineKernel<LinearInputs>(LINEAR, ({ x, kernel, bias }) =>
    bias === undefined ? matMul(x, kernel) : add(matMul(x, kernel), bias),
  ),
  defineKernel<UnaryInputs, EpsilonAttributes>(NORMALIZE_ROWS, ({ x }, { epsilon }) =>
    div(x, maximum(sqrt(sum(square(x), 1, true)), epsilon)),
  ),
  defineKernel<UnaryGradInputs, EpsilonAttributes>(NORMALIZE_ROWS_GRAD, ({ x, dy }, { epsilon }) => {
    const norm = sqrt(sum(square(x), 1, true));
    const length = maximum(norm, epsilon);
    const unit = div(x, length);
    const along = sum(mul(unit, dy), 1, true);
    return div(sub(dy, mul(unit, where(greater(norm, epsilon), along, zerosLike(along)))), length);
  }),
  defineKernel<PairInputs>(ROW_DOT, ({ a, b }) => sum(mul(a, b), 1)),
  defineKernel<ScaleRowsInputs>(SCALE_ROWS, ({ x, weights }) => mul(x, expandDims(weights, 1))),
];
