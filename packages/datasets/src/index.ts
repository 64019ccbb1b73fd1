export type { Interactions } from '@balanced-rec/interactions';
export { hashDataset } from './dataset/content-hash.js';
export {
  type Dataset,
  type DatasetContent,
  type DatasetLayout,
  type DatasetSummary,
  type Finding,
  orderModalities,
  summarizeDataset,
} from './dataset/dataset.js';
export {
  type Diagnosis,
  type DiagnosisOptions,
  diagnoseDataset,
  type Fallbacks,
} from './diagnosis/diagnose-dataset.js';
export type { FeatureMeasures } from './diagnosis/measure-features.js';
export type { ColdMeasures, SplitMeasures } from './diagnosis/measure-interactions.js';
export type { NearDuplicateMeasures } from './diagnosis/near-duplicates/measure-near-duplicates.js';
export type { NearDuplicatePair } from './diagnosis/near-duplicates/near-duplicates.js';
export type { ProbeMeasures, ProbeSkipped } from './diagnosis/probe/probe-modalities.js';
export type { ModalityProbe, ProbeResult } from './diagnosis/probe/probe-modality.js';
export { readBytes } from './disk/reading.js';
export { checkFileName, writeFolder } from './disk/write-folder.js';
export type { ColumnFaults, RowFaults } from './features/faults.js';
export type { FeatureMatrix } from './features/feature-matrix.js';
export { type CheckOptions, checkDataset, type DatasetReport } from './folder/check-dataset.js';
export { type ReadOptions, readDataset } from './folder/read-dataset.js';
export { writeInter, writeMmrecDataset } from './folder/write-mmrec.js';
export { parseExactJson } from './id-tables/exact-json.js';
export { guessDelimiter, splitFields } from './id-tables/guess-delimiter.js';
export { ITEM_LISTS, type ItemNames, ORIGINAL_ITEM_ID_COLUMNS } from './id-tables/item-names.js';
export { type IdRole, type IdTable, idTableOf, readOriginalIds, writeIdTable } from './id-tables/original-ids.js';
export { closingQuote, type QuotedRow, quotedField, quotedRow } from './id-tables/quoted-row.js';
export { QuotedTableReader, type TableRow } from './id-tables/quoted-table.js';
export { decodeNpy } from './npy/decode-npy.js';
export { encodeNpy, type NpyMatrix, NpyWriter } from './npy/encode-npy.js';
export type { Concentration, Distribution, Estimate } from './numeric/statistics.js';
export { countOf, quote } from './problems/wording.js';
export { RAW_FORMATS, type RawFormat } from './synthetic/raw-log-writer.js';
export type { RawTarget, SynthesisProgress, SynthesisTarget } from './synthetic/synthesis-target.js';
export { synthesizeDataset } from './synthetic/synthesize-dataset.js';
export { type SyntheticRecord, synthesizeToFolder } from './synthetic/synthesize-to-folder.js';
export type {
  CompleteModality,
  CompleteSyntheticOptions,
  SyntheticModality,
  SyntheticOptions,
} from './synthetic/synthetic-options.js';
