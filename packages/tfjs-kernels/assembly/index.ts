// Everything here runs inside the memory of TF.js's wasm backend: no statics, no allocation, no data segment.
export { gemm, gemmScratchBytes, fillRows } from "./gemm";
export { csrMatMul, sampledMatMul, segmentSum } from "./csr";
export { segmentSoftmax, segmentSoftmaxGrad } from "./softmax";
export { firstOutOfRange, gatherRows, scatterAddRows } from "./gather";
export { normalizeRows, normalizeRowsGrad, rowDot, scaleRows, columnSum } from "./rows";
export { leakyRelu, leakyReluGrad, softplus, softplusGrad, sumOfSquares } from "./elementwise";
export { adam, adamRows, adamMissedSteps } from "./adam";
export { biasRectify } from "./bias-rectify";
export {
  squaresOfRows, squaresOfRowsGrad, tripleMargins, tripleMarginsItemsGrad, tripleMarginsUsersGrad,
} from "./triples";
export { topK } from "./top-k";
