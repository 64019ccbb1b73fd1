import {
  BatchMatMul,
  type BatchMatMulAttrs,
  getKernel,
  Identity,
  type KernelConfig,
  type NamedAttrMap,
  type NamedTensorInfoMap,
  registerKernel,
  type TensorInfo,
  UnsortedSegmentSum,
  type UnsortedSegmentSumAttrs,
  unregisterKernel,
} from '@tensorflow/tfjs-core';
import type { Inputs } from '../kernel/signatures.js';
import { contextOf, findContext, sizeOf, type WasmContext } from './context.js';

/** A TF.js kernel that the wasm backend lacks and that the gradient of tf.gather needs. Ids out of range are dropped. */
export const unsortedSegmentSumKernel: KernelConfig = {
  kernelName: UnsortedSegmentSum,
  backendName: 'wasm',
  kernelFunc: ({ inputs, attrs, backend }) =>
    unsortedSegmentSum(
      contextOf(backend),
      inputs as Inputs<'x' | 'segmentIds'>,
      attrs as unknown as UnsortedSegmentSumAttrs,
    ),
};

const replacements = new WeakSet<KernelConfig>();

/**
 * Replaces two of the wasm backend's own kernels with ours.
 *
 * The stock BatchMatMul is tens of times slower with transposes, which every gradient of a matMul has. Cases that ours does not support
 * (other types, unusual batch broadcasts) still go to the stock kernel. The stock Identity copies, and the gradient tape clones every
 * tensor that a backward pass will need; ours lets a clone share the original's memory, as on the other backends.
 */
export function replaceStockKernels(): void {
  replaceKernel(BatchMatMul, batchMatMul);
  replaceKernel<Inputs<'x'>, unknown>(Identity, (wasm, { x }) => (x.dtype === 'string' ? undefined : wasm.share(x)));
}

function unsortedSegmentSum(
  wasm: WasmContext,
  { x, segmentIds }: Inputs<'x' | 'segmentIds'>,
  { numSegments }: UnsortedSegmentSumAttrs,
): TensorInfo {
  const count = sizeOf(segmentIds.shape);
  const rest = x.shape.slice(segmentIds.shape.length);
  const width = sizeOf(rest);
  const out = wasm.output([numSegments, ...rest], x.dtype);
  if (x.dtype === 'float32') {
    wasm.kernels.scatterAddRows(
      wasm.address(x),
      wasm.address(segmentIds),
      wasm.address(out),
      count,
      numSegments,
      width,
    );
    return out;
  }
  const [from, ids, to] = [wasm.ints(x), wasm.ints(segmentIds), wasm.ints(out).fill(0)];
  for (let i = 0; i < count; i++) {
    const id = ids[i]!;
    if (id < 0 || id >= numSegments) continue;
    for (let j = 0; j < width; j++) to[id * width + j]! += from[i * width + j]!;
  }
  return out;
}

/** If our kernel returns undefined, the stock kernel is used. */
function replaceKernel<Given, Attributes>(
  kernelName: string,
  run: (context: WasmContext, inputs: Given, attributes: Attributes) => TensorInfo | undefined,
): void {
  const stock = getKernel(kernelName, 'wasm');
  if (replacements.has(stock)) return;
  const replacement: KernelConfig = {
    ...stock,
    kernelFunc: (call) => {
      const { backend } = call;
      if (findContext(backend) === undefined) return stock.kernelFunc(call);
      const [inputs, attributes] = [call.inputs as NamedTensorInfoMap, call.attrs as NamedAttrMap];
      return run(contextOf(backend), inputs as Given, attributes as Attributes) ?? stock.kernelFunc(call);
    },
  };
  replacements.add(replacement);
  unregisterKernel(kernelName, 'wasm');
  registerKernel(replacement);
}

function batchMatMul(
  wasm: WasmContext,
  { a, b }: Inputs<'a' | 'b'>,
  { transposeA, transposeB }: BatchMatMulAttrs,
): TensorInfo | undefined {
  if (a.dtype !== 'float32' || b.dtype !== 'float32') return undefined;
  const batchShape = commonBatchShape(a.shape.slice(0, -2), b.shape.slice(0, -2));
  if (batchShape === undefined) return undefined;
  const [aRows, aColumns] = a.shape.slice(-2) as [number, number];
  const [bRows, bColumns] = b.shape.slice(-2) as [number, number];
  const [m, k] = transposeA ? [aColumns, aRows] : [aRows, aColumns];
  const [inner, n] = transposeB ? [bColumns, bRows] : [bRows, bColumns];
  if (inner !== k) return undefined;
  const out = wasm.output([...batchShape, m, n]);
  const batches = sizeOf(batchShape);
  const aStep = sizeOf(a.shape) === batches * m * k ? 4 * m * k : 0;
  const bStep = sizeOf(b.shape) === batches * k * n ? 4 * k * n : 0;
  for (let i = 0; i < batches; i++) {
    const [from, by, to] = [
      wasm.address(a) + i * aStep,
      wasm.address(b) + i * bStep,
      wasm.address(out) + 4 * i * m * n,
    ];
    wasm.kernels.gemm(from, by, to, m, k, n, transposeA ? 1 : 0, transposeB ? 1 : 0, 0, wasm.gemmScratch);
  }
  return out;
}

/** The batch shape of the result if both shapes are equal or one has a single batch, else undefined. */
function commonBatchShape(a: number[], b: number[]): number[] | undefined {
  if (a.length === b.length && a.every((size, axis) => size === b[axis])) return a;
  if (sizeOf(a) === 1 && a.length <= b.length) return b;
  if (sizeOf(b) === 1 && b.length <= a.length) return a;
  return undefined;
}
