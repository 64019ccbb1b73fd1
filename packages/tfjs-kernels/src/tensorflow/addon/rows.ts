import type { KernelConfig } from '@tensorflow/tfjs-core';
import { defineKernel } from './define-kernel.js';

export const rowKernels: readonly KernelConfig[] = [
  defineKernel('GatherRows', ({ run }, { table, ids }) => run('GatherRows', table, ids)),
  defineKernel('ScatterAddRows', ({ run, ints }, { updates, ids }, { rows }) =>
    run('ScatterAddRows', updates, ids, ints([rows])),
  ),
  defineKernel('NormalizeRows', ({ run, floats }, { x }, { epsilon }) => run('NormalizeRows', x, floats([epsilon]))),
  defineKernel('NormalizeRowsGrad', ({ run, floats }, { x, dy }, { epsilon }) =>
    run('NormalizeRowsGrad', x, dy, floats([epsilon])),
  ),
  defineKernel('RowDot', ({ run }, { a, b }) => run('RowDot', a, b)),
  defineKernel('ScaleRows', ({ run }, { x, weights }) => run('ScaleRows', x, weights)),
];
