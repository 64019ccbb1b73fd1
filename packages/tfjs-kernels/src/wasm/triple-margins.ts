import { TRIPLE_MARGINS, TRIPLE_MARGINS_ITEMS_GRAD, TRIPLE_MARGINS_USERS_GRAD } from '../kernel/names.js';
import type {
  TripleAttributes,
  TripleGradAttributes,
  TripleIds,
  TripleMarginsInputs,
  TripleMarginsItemsGradInputs,
  TripleMarginsUsersGradInputs,
} from '../kernel/signatures.js';
import type { WasmContext } from './context.js';
import { defineKernel } from './define-kernel.js';

export const tripleMarginsKernel = defineKernel<TripleMarginsInputs, TripleAttributes>(
  TRIPLE_MARGINS,
  (wasm, { users, items }, { triples }) => {
    const count = triples.users.length;
    const out = wasm.output([count]);
    const [from, of, to] = [wasm.address(users), wasm.address(items), wasm.address(out)];
    withLists(wasm, triples, (u, p, n) => wasm.kernels.tripleMargins(from, of, u, p, n, to, count, users.shape[1]!));
    return out;
  },
);

export const tripleMarginsUsersGradKernel = defineKernel<TripleMarginsUsersGradInputs, TripleGradAttributes>(
  TRIPLE_MARGINS_USERS_GRAD,
  (wasm, { items, dy }, { triples, rows }) => {
    const d = items.shape[1]!;
    const out = wasm.output([rows, d]);
    const [from, by, to] = [wasm.address(items), wasm.address(dy), wasm.address(out)];
    const count = triples.users.length;
    withLists(wasm, triples, (u, p, n) => wasm.kernels.tripleMarginsUsersGrad(from, by, u, p, n, to, count, rows, d));
    return out;
  },
);

export const tripleMarginsItemsGradKernel = defineKernel<TripleMarginsItemsGradInputs, TripleGradAttributes>(
  TRIPLE_MARGINS_ITEMS_GRAD,
  (wasm, { users, dy }, { triples, rows }) => {
    const d = users.shape[1]!;
    const out = wasm.output([rows, d]);
    const [from, by, to] = [wasm.address(users), wasm.address(dy), wasm.address(out)];
    const count = triples.users.length;
    withLists(wasm, triples, (u, p, n) => wasm.kernels.tripleMarginsItemsGrad(from, by, u, p, n, to, count, rows, d));
    return out;
  },
);

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
