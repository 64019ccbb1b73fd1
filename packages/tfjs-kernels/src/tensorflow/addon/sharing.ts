import { Identity, registerKernel, type TensorInfo, unregisterKernel } from '@tensorflow/tfjs-core';
import type { Inputs } from '../../kernel/signatures.js';
import type { NodeBackend } from '../node-backend.js';

/** Tensors whose memory a tensor with another dataId may share: TensorFlow may return its input with a different shape. */
const shared = new WeakSet<object>();

/** The operations that only read their inputs and return newly allocated memory. */
const fresh = new Set([
  ...['Add', 'AddV2', 'BatchMatMulV2', 'BatchMatMul', 'BiasAdd', 'Div', 'GatherV2', 'L2Loss', 'MatMul', 'Mul'],
  ...['RealDiv', 'Sqrt', 'Square', 'Sub', 'UnsortedSegmentSum', 'ZerosLike', '_FusedMatMul'],
]);

const watched = new WeakSet<object>();

/**
 * Tracks which tensors share memory, for {@link isSoleOwner}: a clone becomes a counted reference, as on TF.js's other backends, and a
 * tensor passed to an operation that may return the same memory is marked.
 */
export function trackSharing(backend: NodeBackend): void {
  if (watched.has(backend)) return;
  watched.add(backend);
  const { executeSingleOutput, executeMultipleOutputs } = backend;
  backend.executeSingleOutput = (operation, attributes, inputs) => {
    mark(operation, inputs);
    return executeSingleOutput.call(backend, operation, attributes, inputs);
  };
  backend.executeMultipleOutputs = (operation, attributes, inputs, outputs) => {
    mark(operation, inputs);
    return executeMultipleOutputs.call(backend, operation, attributes, inputs, outputs);
  };
  unregisterKernel(Identity, 'tensorflow');
  registerKernel({
    kernelName: Identity,
    backendName: 'tensorflow',
    kernelFunc: ({ inputs }) => share(backend, (inputs as unknown as Inputs<'x'>).x),
  });
}

function mark(operation: string, inputs: readonly TensorInfo[]): void {
  if (fresh.has(operation) || operation.startsWith('BalancedRec')) return;
  // The inputs include the axis. With a single tensor, the operation makes no copy.
  if (operation === 'ConcatV2' && inputs.length > 2) return;
  for (const { dataId } of inputs) if (dataId !== undefined) shared.add(dataId);
}

/** Another reference to the same memory. */
export function share(backend: NodeBackend, { dataId, shape, dtype }: TensorInfo): TensorInfo {
  backend.incRef(dataId);
  return { dataId, shape, dtype };
}

/** Whether no other tensor shares this tensor's memory. */
export function isSoleOwner(backend: NodeBackend, { dataId }: TensorInfo): boolean {
  return backend.tensorMap.get(dataId).refCount === 1 && !shared.has(dataId);
}
