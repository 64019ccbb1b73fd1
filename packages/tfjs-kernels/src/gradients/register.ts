import { type GradConfig, getGradient, registerGradient } from '@tensorflow/tfjs-core';
import { biasRectifyGradient } from './bias-rectify.js';
import { csrMatMulGradient } from './csr-mat-mul.js';
import { gatherRowsGradient, scatterAddRowsGradient } from './gather-rows.js';
import { leakyReluGradient } from './leaky-relu.js';
import { linearGradient } from './linear.js';
import { normalizeRowsGradient } from './normalize-rows.js';
import { rowDotGradient, scaleRowsGradient } from './row-dot.js';
import { sampledMatMulGradient } from './sampled-mat-mul.js';
import { segmentSoftmaxGradient } from './segment-softmax.js';
import { segmentSumGradient } from './segment-sum.js';
import { softplusGradient } from './softplus.js';
import { squaresOfRowsGradient } from './squares-of-rows.js';
import { sumOfSquaresGradient } from './sum-of-squares.js';
import { tripleMarginsGradient } from './triple-margins.js';

const gradients: readonly GradConfig[] = [
  csrMatMulGradient,
  sampledMatMulGradient,
  segmentSoftmaxGradient,
  segmentSumGradient,
  gatherRowsGradient,
  scatterAddRowsGradient,
  linearGradient,
  leakyReluGradient,
  softplusGradient,
  normalizeRowsGradient,
  rowDotGradient,
  scaleRowsGradient,
  sumOfSquaresGradient,
  tripleMarginsGradient,
  squaresOfRowsGradient,
  biasRectifyGradient,
];

/** Gradients are the same for every engine. */
export function registerGradients(): void {
  for (const gradient of gradients) if (getGradient(gradient.kernelName) === undefined) registerGradient(gradient);
}
