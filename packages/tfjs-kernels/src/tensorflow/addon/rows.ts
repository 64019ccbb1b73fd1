import type { KernelConfig } from '@tensorflow/tfjs-core';
import {
  GATHER_ROWS,
  NORMALIZE_ROWS,
  NORMALIZE_ROWS_GRAD,
  ROW_DOT,
  SCALE_ROWS,
  SCATTER_ADD_ROWS,
} from '../../kernel/names.js';
import type {
  EpsilonAttributes,
  GatherRowsInputs,
  PairInputs,
  ScaleRowsInputs,
  ScatterAddRowsAttributes,
  ScatterAddRowsInputs,
  UnaryGradInputs,
  UnaryInputs,
} from '../../kernel/signatures.js';
import { defineKernel } from './define-kernel.js';

export const rowKernels: readonly KernelConfig[] = [
  defineKernel<GatherRowsInputs>(GATHER_ROWS, ({ run }, { table, ids }) => run('GatherRows', table, ids)),
  defineKernel<ScatterAddRowsInputs, ScatterAddRowsAttributes>(
    SCATTER_ADD_ROWS,
    ({ run, ints }, { updates, ids }, { rows }) => run('ScatterAddRows', updates, ids, ints([rows])),
  ),
  defineKernel<UnaryInputs, EpsilonAttributes>(NORMALIZE_ROWS, ({ run, floats }, { x }, { epsilon }) =>
    run('NormalizeRows', x, floats([epsilon])),
  ),
  defineKernel<UnaryGradInputs, EpsilonAttributes>(NORMALIZE_ROWS_GRAD, ({ run, floats }, { x, dy }, { epsilon }) =>
    run('NormalizeRowsGrad', x, dy, floats([epsilon])),
  ),
  defineKernel<PairInputs>(ROW_DOT, ({ run }, { a, b }) => run('RowDot', a, b)),
  defineKernel<ScaleRowsInputs>(SCALE_ROWS, ({ run }, { x, weights }) => run('ScaleRows', x, weights)),
];
