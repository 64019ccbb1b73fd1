import { SUM_OF_SQUARES } from '../kernel/names.js';
import type { UnaryInputs } from '../kernel/signatures.js';
import { defineKernel } from './define-kernel.js';
import { dot } from './dot.js';

export const sumOfSquaresKernel = defineKernel<UnaryInputs>(SUM_OF_SQUARES, (cpu, inputs) => {
  const x = cpu.floats(inputs.x);
  return cpu.output([], Float32Array.of(dot(x, 0, x, 0, x.length)));
});
