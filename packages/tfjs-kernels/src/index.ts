export {
  type Engine,
  type EngineName,
  type EngineOptions,
  engineNames,
  type UnavailableEngine,
} from './engine/engine.js';
export { loadEngine, tryEngine } from './engine/load-engine.js';
export { CsrPattern, type CsrPatternOptions, type TransposedPattern } from './kernel/csr-pattern.js';
export type { Excluded, TripleIds } from './kernel/signatures.js';
export {
  type AdamConstants,
  type AdamMissedStepsOptions,
  type AdamStepOptions,
  type AdamStepRowsOptions,
  adamMissedSteps,
  adamStep,
  adamStepRows,
} from './ops/adam.js';
export { CsrMatrix, type Triplets } from './ops/csr-matrix.js';
export { biasRectify, detach, leakyRelu, softplus, sumOfSquares } from './ops/elementwise.js';
export { gatherRows, linear, normalizeRows, rowDot, scaleRows, scatterAddRows } from './ops/rows.js';
export { csrMatMul, sampledMatMul, segmentSoftmax, segmentSum } from './ops/sparse.js';
export { type TopK, type TopKOfProductOptions, topKOfProduct } from './ops/top-k.js';
export { squaresOfRows, tripleMargins } from './ops/triples.js';
