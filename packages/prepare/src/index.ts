export type { Role } from './columns/known-columns.js';
export type { ColumnMapping, MappedColumn } from './columns/map-columns.js';
export { type OptionPlace, parsePrepareOptions } from './options/parse-options.js';
export type { CompleteOptions, Layout, PrepareOptions, SplitMethod } from './options/prepare-options.js';
export type { DatasetRecord, SourceRecord } from './output/dataset-record.js';
export type { ItemsFound } from './output/write-items.js';
export { type PrepareListener, prepare } from './prepare.js';
export type { Step } from './steps/step-log.js';
