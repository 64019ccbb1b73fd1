import { BatchMatMul, type BatchMatMulAttrs, type TensorInfo } from '@tensorflow/tfjs-core';
import type { PairInputs } from '../kernel/signatures.js';
import { sizeOf, type WasmContext } from './context.js';
import { replaceKernel } from './replace-kernel.js';

/**
 * Puts our gemm in the place of the wasm backend's BatchMatMul, which is tens of times slower with transposes, as every gradient of a
 * matMul has. What ours does not do (other types, unusual broadcasts of batches) goes to the stock kernel.
 */
export function replaceBatchMatMul(): void {
  replaceKernel(BatchMatMul, batchMatMul);
}

function batchMatMul(
  wasm: WasmContext,
  { a, b }: PairInputs,
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

/** The batch shape of the result where both have the same one or one has a single batch, else undefined. */
function commonBatchShape(a: number[], b: number[]): number[] | undefined {
  if (a.length === b.length && a.every((size, axis) => size === b[axis])) return a;
  if (sizeOf(a) === 1 && a.length <= b.length) return b;
  if (sizeOf(b) === 1 && b.length <= a.length) return a;
  return undefined;
}
