export { CsrMatrix, type Triplets } from './csr-matrix.js';
export { CsrPattern, type CsrPatternOptions, type TransposedPattern } from './csr-pattern.js';
export {
  type Engine,
  type EngineName,
  type EngineOptions,
  engineNames,
  type UnavailableEngine,
} from './engine/engine.js';
export { loadEngine, tryEngine } from './engine/load-engine.js';
export type { Excluded, TripleIds } from './kernel-signatures.js';
export { type AdamMissedStepsOptions, adamMissedSteps } from './ops/adam-missed-steps.js';
export { type AdamConstants, type AdamStepOptions, adamStep } from './ops/adam-step.js';
export { type AdamStepRowsOptions, adamStepRows } from './ops/adam-step-rows.js';
export { biasRectify } from './ops/bias-rectify.js';
export { csrMatMul } from './ops/csr-mat-mul.js';
export { detach } from './ops/detach.js';
export { gatherRows } from './ops/gather-rows.js';
export { leakyRelu } from './ops/leaky-relu.js';
export { linear } from './ops/linear.js';
export { normalizeRows } from './ops/normalize-rows.js';
export { rowDot } from './ops/row-dot.js';
export { sampledMatMul } from './ops/sampled-mat-mul.js';
export { scaleRows } from './ops/scale-rows.js';
export { scatterAddRows } from './ops/scatter-add-rows.js';
export { segmentSoftmax } from './ops/segment-softmax.js';
export { segmentSum } from './ops/segment-sum.js';
export { softplus } from './ops/softplus.js';
export { squaresOfRows } from './ops/squares-of-rows.js';
export { sumOfSquares } from './ops/sum-of-squares.js';
export { type TopK, type TopKOfProductOptions, topKOfProduct } from './ops/top-k-of-product.js';
export { tripleMargins } from './ops/triple-margins.js';
