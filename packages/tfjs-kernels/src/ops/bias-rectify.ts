import { BalancedRecError } from '@balanced-rec/errors';
import type { NamedTensorMap, Tensor1D, Tensor2D } from '@tensorflow/tfjs-core';
import { checkSameShape, checkShape } from '../kernel/check.js';
import { BIAS_RECTIFY } from '../kernel/names.js';
import { runKernel } from '../kernel/run-kernel.js';

/**
 * The end of a layer in one pass: leakyRelu(x + bias + addends), with the slope below 0.
 *
 * x [n, d], bias [d], at most two addends [n, d]; gives [n, d]. Gradients flow to all of them.
 *
 * @throws BalancedRecError `kernels/shape-mismatch`; `kernels/invalid-argument` where the slope is negative.
 */
export function biasRectify(x: Tensor2D, bias: Tensor1D, slope: number, addends: readonly Tensor2D[] = []): Tensor2D {
  checkShape('biasRectify: x', x, [null, null]);
  checkShape('biasRectify: bias', bias, [x.shape[1]]);
  if (!(slope >= 0) || addends.length > 2) {
    throw new BalancedRecError({
      code: 'kernels/invalid-argument',
      place: 'biasRectify',
      message: 'impossible argument',
      expected: 'a slope of at least 0 and at most 2 addends',
      found: `slope ${slope}, ${addends.length} addends`,
    });
  }
  const inputs: NamedTensorMap = { x, bias };
  for (const [k, addend] of addends.entries()) {
    checkSameShape('biasRectify: addend', x, addend);
    inputs[k === 0 ? 'first' : 'second'] = addend;
  }
  return runKernel(BIAS_RECTIFY, inputs, { slope });
}
