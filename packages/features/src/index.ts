export {
  type Contents,
  chooseEncoder,
  defineEncoder,
  type Encoder,
  type EncoderDefinition,
  type EncoderKind,
  type EncoderSettings,
} from './encoders/encoder.js';
export type { TransformersOptions } from './encoders/encoder-options.js';
export {
  DEFAULT_IMAGE_MODEL,
  DEFAULT_TEXT_MODEL,
  transformersImage,
  transformersText,
} from './encoders/transformers.js';
export { DEFAULT_BATCH, type ExtractOptions, extractFeatures } from './extract-features.js';
export type { DecodedImage } from './images/decode-image.js';
export type { ImageSource } from './images/image-inputs.js';
export { type ImportOptions, importVectors } from './import-vectors.js';
export type { FaultReason } from './items/item-inputs.js';
export type { ItemTable } from './items/read-columns.js';
export type { FeatureRecord, RecordedFault } from './output/feature-files.js';
export type { EncodingProgress } from './progress/encode-inputs.js';
export { cleanText } from './text/clean-text.js';
export type { TextSource } from './text/text-inputs.js';
export type { VectorSource } from './vectors/read-vectors.js';
