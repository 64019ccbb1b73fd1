import type { KernelConfig } from '@tensorflow/tfjs-core';
import { notANumber } from '../kernel/check.js';
import type { Excluded } from '../kernel/signatures.js';
import { defineKernel, type WasmContext } from './context.js';

/** The number of users scored at a time. */
const USERS_PER_BLOCK = 64;

export const topKKernels: readonly KernelConfig[] = [
  defineKernel('TopKOfProduct', (wasm, { users, items }, { k, excluded }) => {
    const [n, d] = users.shape as [number, number];
    const m = items.shape[0]!;
    const ids = wasm.output([n, k], 'int32');
    const scores = wasm.output([n, k]);
    const { kernels, gemmScratch } = wasm;
    const bad = withExcluded(wasm, excluded, (offsets, excludedItems) =>
      wasm.withScratch(4 * m * Math.min(n, USERS_PER_BLOCK), (block) => {
        for (let first = 0; first < n; first += USERS_PER_BLOCK) {
          const rows = Math.min(USERS_PER_BLOCK, n - first);
          kernels.gemm(
            wasm.address(users) + 4 * first * d,
            wasm.address(items),
            block,
            rows,
            d,
            m,
            0,
            1,
            0,
            gemmScratch,
          );
          const at = 4 * first * k;
          const blockOffsets = offsets === 0 ? 0 : offsets + 4 * first;
          const row = kernels.topK(
            block,
            rows,
            m,
            k,
            blockOffsets,
            excludedItems,
            wasm.address(ids) + at,
            wasm.address(scores) + at,
          );
          if (row !== -1) return first + row;
        }
        return -1;
      }),
    );
    if (bad === -1) return [ids, scores];
    wasm.dispose(ids, scores);
    throw notANumber(bad);
  }),
];

function withExcluded<T>(
  wasm: WasmContext,
  excluded: Excluded | undefined,
  use: (offsets: number, items: number) => T,
): T {
  if (excluded === undefined) return use(0, 0);
  const { offsets, items } = excluded;
  return wasm.withScratch(4 * (offsets.length + items.length), (address) => {
    const itemsAddress = address + 4 * offsets.length;
    wasm.writeInts(address, offsets);
    wasm.writeInts(itemsAddress, items);
    return use(address, itemsAddress);
  });
}
