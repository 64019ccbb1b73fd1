import {
  GatherV2,
  type GatherV2Attrs,
  registerKernel,
  scalar,
  type TensorInfo,
  unregisterKernel,
} from '@tensorflow/tfjs-core';
import type { NodeBackend } from './node-backend.js';

/** Far more than the constants of a model; Adam's step sizes come and go. */
const MOST_KEPT = 1024;

const prepared = new WeakSet<NodeBackend>();

/** What tfjs-node-gpu does between two operations leaves the GPU waiting: this takes its place. Once for a backend. */
export function prepareGpu(backend: NodeBackend): void {
  if (prepared.has(backend)) return;
  prepared.add(backend);
  keepScalars(backend);
  replaceGather();
}

/**
 * Lets equal float32 scalars share one tensor on the device. Handing a number over waits until the GPU has done all that it was
 * given, and a composed step has hundreds of constants.
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

  // Between two operations, for the ids of one must all be there.
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

/** A scalar that has not been handed over: it never will be, so the backend will not delete what stands for it. */
function pendingScalar({ tensorMap, binding }: NodeBackend, dataId: object): number | undefined {
  // What is no tensor (an Int64Scalar) has no entry.
  const tensor = dataId && tensorMap.get(dataId);
  if (!tensor || tensor.values === null || tensor.shape.length > 0 || tensor.dtype !== binding.TF_FLOAT)
    return undefined;
  return tensor.values[0];
}

/**
 * Puts a kernel in the place of tfjs-node-gpu's GatherV2, which fetches all indices and looks at each in JavaScript, every time.
 * Whoever gives indices to a step checks them once: `CsrPattern` and the samplers do.
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
