import type { NodeBackend } from '../node-backend.js';

/** Far more than the constants of a model; Adam's step sizes come and go. */
const MOST_KEPT = 1024;

/**
 * Lets equal float32 scalars share one tensor on the device. Handing a number over waits until the GPU has done all that it was
 * given, and a composed step has hundreds of constants.
 */
export function keepScalars(backend: NodeBackend): void {
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
