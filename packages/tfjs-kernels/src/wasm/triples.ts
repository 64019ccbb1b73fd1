import type { KernelConfig } from '@tensorflow/tfjs-core';
import type { TripleIds } from '../kernel/signatures.js';
import { defineKernel, type WasmContext } from './context.js';

export const tripleKernels: readonly KernelConfig[] = [
  defineKernel('TripleMargins', (wasm, { users, items }, { triples }) => {
    const count = triples.users.length;
    const out = wasm.output([count]);
    const [from, of, to] = [wasm.address(users), wasm.address(items), wasm.address(out)];
    withLists(wasm, triples, (u, p, n) => wasm.kernels.tripleMargins(from, of, u, p, n, to, count, users.shape[1]!));
    return out;
  }),
  defineKernel('TripleMarginsUsersGrad', (wasm, { items, dy }, { triples, rows }) => {
    const d = items.shape[1]!;
    const out = wasm.output([rows, d]);
    const [from, by, to] = [wasm.address(items), wasm.address(dy), wasm.address(out)];
    const count = triples.users.length;
    withLists(wasm, triples, (u, p, n) => wasm.kernels.tripleMarginsUsersGrad(from, by, u, p, n, to, count, rows, d));
    return out;
  }),
  defineKernel('TripleMarginsItemsGrad', (wasm, { users, dy }, { triples, rows }) => {
    const d = users.shape[1]!;
    const out = wasm.output([rows, d]);
    const [from, by, to] = [wasm.address(users), wasm.address(dy), wasm.address(out)];
    const count = triples.users.length;
    withLists(wasm, triples, (u, p, n) => wasm.kernels.tripleMarginsItemsGrad(from, by, u, p, n, to, count, rows, d));
    return out;
  }),
  defineKernel('SquaresOfRows', (wasm, { table }, { ids }) => {
    const out = wasm.output([]);
    wasm.withScratch(4 * ids.length, (address) => {
      wasm.writeInts(address, ids);
      wasm.floats(out)[0] = wasm.kernels.squaresOfRows(wasm.address(table), address, ids.length, table.shape[1]!);
    });
    return out;
  }),
  defineKernel('SquaresOfRowsGrad', (wasm, { table, dy }, { ids }) => {
    const [rows, d] = table.shape as [number, number];
    const out = wasm.output([rows, d]);
    const factor = 2 * wasm.floats(dy)[0]!;
    wasm.withScratch(4 * ids.length, (address) => {
      wasm.writeInts(address, ids);
      const [from, to] = [wasm.address(table), wasm.address(out)];
      wasm.kernels.squaresOfRowsGrad(from, address, to, ids.length, rows, d, factor);
    });
    return out;
  }),
];

/** Runs `use` with the addresses of the three lists. */
function withLists(
  wasm: WasmContext,
  { users, positives, negatives }: TripleIds,
  use: (u: number, p: number, n: number) => void,
): void {
  const bytes = 4 * users.length;
  wasm.withScratch(3 * bytes, (address) => {
    const addresses = [address, address + bytes, address + 2 * bytes] as const;
    [users, positives, negatives].forEach((ids, k) => void wasm.writeInts(addresses[k]!, ids));
    use(...addresses);
  });
}
