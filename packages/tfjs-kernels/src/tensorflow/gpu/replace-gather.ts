import {
  GatherV2,
  type GatherV2Attrs,
  registerKernel,
  scalar,
  type TensorInfo,
  unregisterKernel,
} from '@tensorflow/tfjs-core';
import type { NodeBackend } from '../node-backend.js';

/**
 * Puts a kernel in the place of tfjs-node-gpu's GatherV2, which fetches all indices and looks at each in JavaScript, every time.
 * Whoever gives indices to a step checks them once: `CsrPattern` and the samplers do.
 */
export function replaceGather(): void {
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
