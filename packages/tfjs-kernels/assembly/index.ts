// All of this runs inside the memory of TF.js's wasm backend: no statics, no allocation, no data segment.
export { adam, adamRows, adamMissedSteps } from "./adam";
export {
  biasRectify, columnSum, leakyRelu, leakyReluGrad, softplus, softplusGrad, sumOfSquares,
} from "./elementwise";
export { gemm, gemmScratchBytes, fillRows } from "./gemm";
export {
  firstOutOfRange, gatherRows, normalizeRows, normalizeRowsGrad, rowDot, scaleRows, scatterAddRows,
} from "./rows";
export { csrMatMul, sampledMatMul, segmentSoftmax, segmentSoftmaxGrad, segmentSum } from "./sparse";
export { topK } from "./top-k";
export {
  squaresOfRows, squaresOfRowsGrad, tripleMargins, tripleMarginsItemsGrad, tripleMarginsUsersGrad,
} from "./triples";
