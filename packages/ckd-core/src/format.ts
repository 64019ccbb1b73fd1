export { decodeTrainingData, type StoredTrainingData, trainingDataChunks } from './data/training-data-file.js';
export {
  decodeMixedSafetensors,
  decodeSafetensors,
  type MixedArray,
  type NamedArray,
  safetensorsChunks,
  type WritableArray,
} from './format/safetensors.js';
export { type SafetensorsHeader, safetensorsHeader } from './format/safetensors-header.js';
export { decodeRecommender, recommenderChunks } from './recommending/stored-recommender.js';
