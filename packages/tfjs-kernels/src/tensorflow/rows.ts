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
import { defineKernel } from './define-kernel.js';

export const rowKernels: readonly KernelConfig[] = [
  defineKernel('GatherRows', ({ table, ids }) => gather(table, ids)),
  defineKernel('ScatterAddRows', ({ updates, ids }, { rows }) => unsortedSegmentSum(updates, ids as Tensor1D, rows)),
  defineKernel('Linear', ({ x, kernel, bias }) =>
    bias === undefined ? matMul(x, kernel) : add(matMul(x, kernel), bias),
  ),
  defineKernel('NormalizeRows', ({ x }, { epsilon }) => div(x, maximum(sqrt(sum(square(x), 1, true)), epsilon))),
  defineKernel('NormalizeRowsGrad', ({ x, dy }, { epsilon }) => {
    const norm = sqrt(sum(square(x), 1, true));
    const length = maximum(norm, epsilon);
    const unit = div(x, length);
    const along = sum(mul(unit, dy), 1, true);
    return div(sub(dy, mul(unit, where(greater(norm, epsilon), along, zerosLike(along)))), length);
  }),
  defineKernel('RowDot', ({ a, b }) => sum(mul(a, b), 1)),
  defineKernel('ScaleRows', ({ x, weights }) => mul(x, expandDims(weights, 1))),
];
