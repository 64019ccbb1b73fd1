import {
  GatherV2,
  type GatherV2Attrs,
  registerKernel,
  scalar,
  type TensorInfo,
  unregisterKernel,
} from '@tensorflow/tfjs-core';
import type { NodeBackend } from './node-backend.js';

/** Far more than a model has constants; Adam's step sizes come and go. */
const MOST_KEPT = 1024;

const prepared = new WeakSet<NodeBackend>();

/** Replaces work that tfjs-node-gpu does between operations and that leaves the GPU waiting. Takes effect once per backend. */
export function prepareGpu(backend: NodeBackend): void {
  if (prepared.has(backend)) return;
  prepared.add(backend);
  keepScalars(backend);
  replaceGather();
}

/**
 * Lets equal float32 scalars share one tensor on the device. Transferring a number waits until the GPU has finished all of its work, and
 * a composed step has hundreds of constants.
 */
function keepScalars(backend: NodeBackend): void {
  const { binding } = backend;
  const kept = new Map<number, number>();
  const getInputTensorIds = backend.getInputTensorIds.bind(backend);

  const idOf = (value: number): number => {
    const known = kept.get(value);
    if (known !== undefined) return known;
    const id = binding.createTensor([], binding.TF_FLOAT, Float32Array.of(value));
    kept.set(value, id);
    return id;
  };

  // Only between two operations, because all ids of one operation must exist at the same time.
  const makeRoom = (): void => {
    if (kept.size < MOST_KEPT) return;
    for (const id of kept.values()) binding.deleteTensor(id);
    kept.clear();
  };

  backend.getInputTensorIds = (tensors) => {
    makeRoom();
    const scalars = tensors.map(({ dataId }) => pendingScalar(backend, dataId));
    const others = getInputTensorIds(tensors.filter((_, n) => scalars[n] === undefined));
    let next = 0;
    return scalars.map((value) => (value === undefined ? others[next++]! : idOf(value)));
  };
}

/** A scalar that has not been transferred. It never will be, so the backend does not delete the tensor that stands for it. */
function pendingScalar({ tensorMap, binding }: NodeBackend, dataId: object): number | undefined {
  // Values that are not tensors (an Int64Scalar) have no entry.
  const tensor = dataId && tensorMap.get(dataId);
  if (!tensor || tensor.values === null || tensor.shape.length > 0 || tensor.dtype !== binding.TF_FLOAT)
    return undefined;
  return tensor.values[0];
}

/**
 * Replaces tfjs-node-gpu's GatherV2 kernel, which fetches all indices and checks each one in JavaScript on every call.
 * Indices are checked once where they are created, in `CsrPattern` and the samplers.
 */
function replaceGather(): void {
  unregisterKernel(GatherV2, 'tensorflow');
  registerKernel({
    kernelName: GatherV2,
    backendName: 'tensorflow',
    kernelFunc: ({ inputs, attrs, backend }) => {
      const { x, indices } = inputs as Record<'x' | 'indices', TensorInfo>;
      const { axis, batchDims } = attrs as unknown as GatherV2Attrs;
      const node = backend as NodeBackend;
      const { TF_ATTR_INT, TF_ATTR_TYPE, TF_INT32 } = node.binding;
      const type = (name: string, value: number) => ({ name, type: TF_ATTR_TYPE, value });
      const along = scalar(axis, 'int32');
      const gathered = node.executeSingleOutput(
        GatherV2,
        [
          { name: 'batch_dims', type: TF_ATTR_INT, value: batchDims },
          type('Tparams', node.getDTypeInteger(x.dtype)),
          type('Tindices', TF_INT32),
          type('Taxis', TF_INT32),
        ],
        [x, indices, along],
      );
      along.dispose();
      return gathered;
    },
  });
}
