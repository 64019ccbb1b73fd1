import type { KernelConfig } from '@tensorflow/tfjs-core';
import { adamMissedStepsKernel } from './adam-missed-steps.js';
import { adamStepKernel } from './adam-step.js';
import { adamStepRowsKernel } from './adam-step-rows.js';
import { biasRectifyKernel } from './bias-rectify.js';
import { columnSumKernel } from './column-sum.js';
import { csrMatMulKernel } from './csr-mat-mul.js';
import { gatherRowsKernel } from './gather-rows.js';
import { leakyReluKernel } from './leaky-relu.js';
import { leakyReluGradKernel } from './leaky-relu-grad.js';
import { linearKernel } from './linear.js';
import { normalizeRowsKernel } from './normalize-rows.js';
import { normalizeRowsGradKernel } from './normalize-rows-grad.js';
import { rowDotKernel } from './row-dot.js';
import { sampledMatMulKernel } from './sampled-mat-mul.js';
import { scaleRowsKernel } from './scale-rows.js';
import { scatterAddRowsKernel } from './scatter-add-rows.js';
import { segmentSoftmaxKernel } from './segment-softmax.js';
import { segmentSoftmaxGradKernel } from './segment-softmax-grad.js';
import { segmentSumKernel } from './segment-sum.js';
import { softplusKernel } from './softplus.js';
import { softplusGradKernel } from './softplus-grad.js';
import { squaresOfRowsGradKernel, squaresOfRowsKernel } from './squares-of-rows.js';
import { sumOfSquaresKernel } from './sum-of-squares.js';
import { topKOfProductKernel } from './top-k-of-product.js';
import { tripleMarginsItemsGradKernel, tripleMarginsKernel, tripleMarginsUsersGradKernel } from './triple-margins.js';

/** Our kernels for tfjs-node and tfjs-node-gpu, composed of TensorFlow's own operations: what the addon's take the place of on a CPU. */
export const tensorflowKernels: readonly KernelConfig[] = [
  adamMissedStepsKernel,
  adamStepKernel,
  adamStepRowsKernel,
  biasRectifyKernel,
  columnSumKernel,
  csrMatMulKernel,
  gatherRowsKernel,
  leakyReluKernel,
  leakyReluGradKernel,
  linearKernel,
  normalizeRowsKernel,
  normalizeRowsGradKernel,
  rowDotKernel,
  sampledMatMulKernel,
  scaleRowsKernel,
  scatterAddRowsKernel,
  segmentSoftmaxKernel,
  segmentSoftmaxGradKernel,
  segmentSumKernel,
  softplusKernel,
  softplusGradKernel,
  squaresOfRowsKernel,
  squaresOfRowsGradKernel,
  sumOfSquaresKernel,
  topKOfProductKernel,
  tripleMarginsKernel,
  tripleMarginsItemsGradKernel,
  tripleMarginsUsersGradKernel,
];
