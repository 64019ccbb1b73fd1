export type { Interactions } from '@balanced-rec/interactions';
export { countOf } from './count-of.js';
export type { Dataset, DatasetContent, DatasetLayout } from './dataset.js';
export {
  type Diagnosis,
  type DiagnosisOptions,
  diagnoseDataset,
  type Fallbacks,
} from './diagnosis/diagnose-dataset.js';
export type { Distribution } from './diagnosis/distribution.js';
export type { ColumnFaults } from './diagnosis/features/count-column-faults.js';
export type { FeatureMeasures } from './diagnosis/features/measure-features.js';
export type { Concentration } from './diagnosis/interactions/concentration.js';
export type { ColdMeasures } from './diagnosis/interactions/measure-cold.js';
export type { SplitMeasures } from './diagnosis/interactions/measure-split.js';
export type { NearDuplicateMeasures } from './diagnosis/near-duplicates/measure-near-duplicates.js';
export type { NearDuplicatePair } from './diagnosis/near-duplicates/near-duplicates.js';
export type { Estimate } from './diagnosis/probe/estimate.js';
export type { ProbeMeasures, ProbeSkipped } from './diagnosis/probe/probe-modalities.js';
export type { ModalityProbe, ProbeResult } from './diagnosis/probe/probe-modality.js';
export type { FeatureMatrix } from './features/feature-matrix.js';
export { orderModalities } from './features/order-modalities.js';
export type { RowFaults } from './findings/count-row-faults.js';
export type { Finding } from './findings/finding.js';
export { type CheckOptions, checkDataset, type DatasetReport } from './folder/check-dataset.js';
export { checkFileName } from './folder/check-file-name.js';
export { hashDataset } from './folder/hash-dataset.js';
export { readBytes } from './folder/read-bytes.js';
export { readDataset } from './folder/read-dataset.js';
export type { ItemNames } from './folder/read-item-names.js';
export type { ReadOptions } from './folder/read-options.js';
export { writeFolder } from './folder/write-folder.js';
export { writeInter } from './folder/write-inter.js';
export { writeMmrecDataset } from './folder/write-mmrec-dataset.js';
export { decodeNpy } from './npy/decode-npy.js';
export { encodeNpy, type NpyMatrix } from './npy/encode-npy.js';
export { NpyWriter } from './npy/npy-writer.js';
export { quote } from './quote.js';
export { type DatasetSummary, summarizeDataset } from './summarize-dataset.js';
export { RAW_FORMATS, type RawFormat } from './synthetic/raw-log-writer.js';
export type { RawTarget, SynthesisProgress, SynthesisTarget } from './synthetic/synthesis-target.js';
export { synthesizeDataset } from './synthetic/synthesize-dataset.js';
export { synthesizeToFolder } from './synthetic/synthesize-to-folder.js';
export type {
  CompleteModality,
  CompleteSyntheticOptions,
  SyntheticModality,
  SyntheticOptions,
} from './synthetic/synthetic-options.js';
export type { SyntheticRecord } from './synthetic/synthetic-record.js';
