import {
  div,
  engine,
  exp,
  expandDims,
  gather,
  type KernelConfig,
  mul,
  scalar,
  sub,
  sum,
  type Tensor,
  tensor1d,
  unsortedSegmentSum,
} from '@tensorflow/tfjs-core';
import type { CsrPattern } from '../kernel/csr-pattern.js';
import { defineKernel } from './define-kernel.js';
import type { NodeBackend } from './node-backend.js';

export const sparseKernels: readonly KernelConfig[] = [
  defineKernel('CsrMatMul', ({ values, dense }, { pattern }) => {
    const terms = mul(gather(dense, pattern.columnIndicesTensor()), expandDims(values, 1));
    return unsortedSegmentSum(terms, pattern.rowIndicesTensor(), pattern.rows);
  }),
  defineKernel('SampledMatMul', ({ a, b }, { pattern }) =>
    sum(mul(gather(a, pattern.rowIndicesTensor()), gather(b, pattern.columnIndicesTensor())), 1),
  ),
  defineKernel('SegmentSoftmax', ({ x }, { pattern }) => {
    const rows = pattern.rowIndicesTensor();
    const weights = exp(sub(x, gather(rowMaxima(pattern, x), rows)));
    return div(weights, gather(unsortedSegmentSum(weights, rows, pattern.rows), rows));
  }),
  defineKernel('SegmentSoftmaxGrad', ({ y, dy }, { pattern }) => {
    const rows = pattern.rowIndicesTensor();
    return mul(y, sub(dy, gather(unsortedSegmentSum(mul(y, dy), rows, pattern.rows), rows)));
  }),
  defineKernel('SegmentSum', ({ x }, { pattern }) => unsortedSegmentSum(x, pattern.rowIndicesTensor(), pattern.rows)),
];

/** TF.js has no segment maximum, but TensorFlow does. On other backends it is computed outside the engine. */
function rowMaxima(pattern: CsrPattern, x: Tensor): Tensor {
  const backend = engine().backend as unknown as NodeBackend;
  return 'executeSingleOutput' in backend ? maximaInTensorFlow(backend, pattern, x) : maximaOutside(pattern, x);
}

function maximaInTensorFlow(backend: NodeBackend, pattern: CsrPattern, x: Tensor): Tensor {
  const { TF_ATTR_TYPE, TF_FLOAT, TF_INT32 } = backend.binding;
  const type = (name: string, value: number) => ({ name, type: TF_ATTR_TYPE, value });
  const types = [type('T', TF_FLOAT), type('Tindices', TF_INT32), type('Tnumsegments', TF_INT32)];
  const inputs = [x, pattern.rowIndicesTensor(), scalar(pattern.rows, 'int32')];
  return backend.executeSingleOutput('UnsortedSegmentMax', types, inputs) as Tensor;
}

function maximaOutside(pattern: CsrPattern, x: Tensor): Tensor {
  const values = x.dataSync();
  const maxima = new Float32Array(pattern.rows).fill(Number.NEGATIVE_INFINITY);
  for (let r = 0; r < pattern.rows; r++) {
    for (let e = pattern.rowOffsets[r]!; e < pattern.rowOffsets[r + 1]!; e++)
      maxima[r] = Math.max(maxima[r]!, values[e]!);
  }
  return tensor1d(maxima);
}
