import { engine, type Tensor } from '@tensorflow/tfjs-core';

/**
 * The same values as a new tensor that no gradient flows through; no copy is made. The memory is freed when both are disposed.
 */
export function detach<T extends Tensor>(x: T): T {
  const { backend } = engine();
  backend.incRef(x.dataId);
  return engine().makeTensorFromTensorInfo({ dataId: x.dataId, shape: x.shape, dtype: x.dtype }, backend) as T;
}
