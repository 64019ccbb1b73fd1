import { BalancedRecError } from '@balanced-rec/errors';
import { kernelsBinary } from '../generated/kernels-binary.js';

/** The exports of assembly/index.ts. All arguments are byte addresses in the backend's memory, sizes in elements, or numbers. */
export interface KernelExports {
  gemm(
    a: number,
    b: number,
    c: number,
    m: number,
    k: number,
    n: number,
    transposeA: number,
    transposeB: number,
    accumulate: number,
    scratch: number,
  ): void;
  gemmScratchBytes(): number;
  fillRows(c: number, row: number, m: number, n: number): void;
  csrMatMul(
    offsets: number,
    columns: number,
    values: number,
    dense: number,
    out: number,
    rows: number,
    d: number,
  ): void;
  sampledMatMul(offsets: number, columns: number, a: number, b: number, out: number, rows: number, d: number): void;
  segmentSum(offsets: number, x: number, out: number, rows: number, d: number): void;
  segmentSoftmax(offsets: number, x: number, out: number, rows: number): void;
  segmentSoftmaxGrad(offsets: number, y: number, dy: number, out: number, rows: number): void;
  firstOutOfRange(ids: number, count: number, limit: number): number;
  gatherRows(table: number, ids: number, out: number, count: number, d: number): void;
  scatterAddRows(updates: number, ids: number, out: number, count: number, rows: number, d: number): void;
  normalizeRows(x: number, out: number, n: number, d: number, epsilon: number): void;
  normalizeRowsGrad(x: number, dy: number, out: number, n: number, d: number, epsilon: number): void;
  rowDot(a: number, b: number, out: number, n: number, d: number): void;
  scaleRows(x: number, weights: number, out: number, n: number, d: number): void;
  columnSum(x: number, out: number, n: number, d: number): void;
  leakyRelu(x: number, out: number, n: number, slope: number): void;
  leakyReluGrad(x: number, dy: number, out: number, n: number, slope: number): void;
  softplus(x: number, out: number, n: number): void;
  softplusGrad(x: number, dy: number, out: number, n: number): void;
  sumOfSquares(x: number, n: number): number;
  adam(
    p: number,
    g: number,
    m: number,
    v: number,
    pOut: number,
    mOut: number,
    vOut: number,
    n: number,
    ...constants: AdamConstants
  ): void;
  adamRows(
    p: number,
    g: number,
    m: number,
    v: number,
    ids: number,
    count: number,
    d: number,
    ...constants: AdamConstants
  ): void;
  adamMissedSteps(
    p: number,
    m: number,
    v: number,
    ids: number,
    groups: number,
    offsets: number,
    segments: number,
    count: number,
    d: number,
    epsilon: number,
  ): void;
  biasRectify(
    x: number,
    bias: number,
    first: number,
    second: number,
    out: number,
    n: number,
    d: number,
    slope: number,
  ): void;
  tripleMargins(
    users: number,
    items: number,
    u: number,
    p: number,
    n: number,
    out: number,
    count: number,
    d: number,
  ): void;
  readonly tripleMarginsUsersGrad: TripleMarginsGrad;
  readonly tripleMarginsItemsGrad: TripleMarginsGrad;
  squaresOfRows(table: number, ids: number, count: number, d: number): number;
  squaresOfRowsGrad(
    table: number,
    ids: number,
    out: number,
    count: number,
    rows: number,
    d: number,
    factor: number,
  ): void;
  topK(
    scores: number,
    rows: number,
    items: number,
    k: number,
    offsets: number,
    excluded: number,
    outIds: number,
    outScores: number,
  ): number;
}

/** The arguments of an Adam update besides tensors; `rest1` and `rest2` are 1 - beta1 and 1 - beta2. */
export type AdamConstants = [
  stepSize: number,
  beta1: number,
  rest1: number,
  beta2: number,
  rest2: number,
  correction: number,
  epsilon: number,
];

/** `table` is the table whose gradient is not computed; `rows` is the number of rows of the other. */
type TripleMarginsGrad = (
  table: number,
  dy: number,
  u: number,
  p: number,
  n: number,
  out: number,
  count: number,
  rows: number,
  d: number,
) => void;

/** The part of the WebAssembly API that is used here. TypeScript's library types only include it along with the whole browser API. */
declare const WebAssembly: {
  readonly Memory: new (options: { initial: number }) => { readonly buffer: ArrayBufferLike };
  instantiate(binary: Uint8Array, imports: object): Promise<{ instance: { exports: unknown } }>;
};

/** Instantiates our kernels inside the memory of TF.js's wasm backend. */
export async function instantiateKernels(wasm: { readonly asm?: object }): Promise<KernelExports> {
  const memory = Object.values(wasm.asm ?? {}).find((value) => value instanceof WebAssembly.Memory);
  if (memory === undefined) throw unusable('it does not export its memory');
  if (typeof SharedArrayBuffer !== 'undefined' && memory.buffer instanceof SharedArrayBuffer) {
    throw unusable('it uses threads', "call loadEngine('wasm') before anything else starts the backend");
  }
  const binary = Uint8Array.from(atob(kernelsBinary), (character) => character.charCodeAt(0));
  const { instance } = await WebAssembly.instantiate(binary, { env: { memory } });
  return instance.exports as KernelExports;
}

function unusable(why: string, remedy?: string): BalancedRecError {
  return new BalancedRecError({
    code: 'engine/unavailable',
    message: `our kernels cannot be attached to TF.js's wasm backend: ${why}`,
    ...(remedy === undefined ? {} : { remedy }),
  });
}
