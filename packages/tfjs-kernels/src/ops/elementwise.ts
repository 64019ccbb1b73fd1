import { BalancedRecError } from '@balanced-rec/errors';
import {
  engine,
  type NamedTensorMap,
  type Scalar,
  type Tensor,
  type Tensor1D,
  type Tensor2D,
} from '@tensorflow/tfjs-core';
import { checkSameShape, checkShape } from '../kernel/check.js';
import { runKernel } from '../kernel/run-kernel.js';

/**
 * x where x > 0, slope x elsewhere. Any shape. At 0 the gradient is `slope`, as in PyTorch.
 *
 * @throws BalancedRecError `kernels/shape-mismatch` if x is not float32.
 */
export function leakyRelu<T extends Tensor>(x: T, slope: number): T {
  checkShape('leakyRelu: x', x, x.shape);
  return runKernel('LeakyRectify', { x }, { slope });
}

/**
 * log(1 + exp(x)), computed as max(x, 0) + log1p(exp(-|x|)), which neither overflows nor loses small values. Any shape. Its gradient
 * is the sigmoid; -softplus(-x) is log sigmoid(x), and softplus(-x) is the loss of Bayesian personalized ranking.
 *
 * @throws BalancedRecError `kernels/shape-mismatch` if x is not float32.
 */
export function softplus<T extends Tensor>(x: T): T {
  checkShape('softplus: x', x, x.shape);
  return runKernel('StableSoftplus', { x });
}

/**
 * The end of a layer in one pass: leakyRelu(x + bias + addends), with `slope` applied below 0.
 *
 * x [n, d], bias [d], at most two addends [n, d]; returns [n, d]. Gradients flow to all of them.
 *
 * @throws BalancedRecError `kernels/shape-mismatch`; `kernels/invalid-argument` if the slope is negative or there are more than two
 * addends.
 */
export function biasRectify(x: Tensor2D, bias: Tensor1D, slope: number, addends: readonly Tensor2D[] = []): Tensor2D {
  checkShape('biasRectify: x', x, [null, null]);
  checkShape('biasRectify: bias', bias, [x.shape[1]]);
  if (!(slope >= 0) || addends.length > 2) {
    throw new BalancedRecError({
      code: 'kernels/invalid-argument',
      place: 'biasRectify',
      message: 'invalid argument',
      expected: 'a slope of at least 0 and at most 2 addends',
      found: `slope ${slope}, ${addends.length} addends`,
    });
  }
  const inputs: NamedTensorMap = { x, bias };
  for (const [k, addend] of addends.entries()) {
    checkSameShape('biasRectify: addend', x, addend);
    inputs[k === 0 ? 'first' : 'second'] = addend;
  }
  return runKernel('BiasRectify', inputs, { slope });
}

/** The gradient of a bias: sums [n, d] to [d]. */
export function columnSum(x: Tensor2D): Tensor1D {
  return runKernel('ColumnSum', { x });
}

/**
 * The sum of squares of all elements, a scalar, as used by L2 regularisers. Any shape. Its gradient is 2 x.
 *
 * @throws BalancedRecError `kernels/shape-mismatch` if x is not float32.
 */
export function sumOfSquares(x: Tensor): Scalar {
  checkShape('sumOfSquares: x', x, x.shape);
  return runKernel('SumOfSquares', { x });
}

/**
 * The same values as a new tensor that no gradient flows through, without a copy. The memory is freed when both tensors are disposed.
 */
export function detach<T extends Tensor>(x: T): T {
  const { backend } = engine();
  backend.incRef(x.dataId);
  return engine().makeTensorFromTensorInfo({ dataId: x.dataId, shape: x.shape, dtype: x.dtype }, backend) as T;
}
