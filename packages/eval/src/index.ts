export type { PlannedCell } from './comparison/cells.js';
export { type CompareOptions, type ComparisonListener, type ComparisonResult, compare } from './comparison/compare.js';
export { type Comparison, comparisonSchema } from './comparison/comparison-schema.js';
export { chooseJobs, type JobChoice, type JobNeeds, type Machine } from './comparison/default-jobs.js';
export { type Plan, type PlannedRun, planComparison } from './comparison/plan.js';
export { type ComparisonFile, readComparison } from './comparison/read-comparison.js';
export type { RunOutcome } from './comparison/schedule.js';
export type { Reports } from './comparison/write-reports.js';
export { type ComparisonEvent, comparisonEventSchema, type EventError } from './events/comparison-event.js';
export { type RunBytes, runMemory } from './memory/run-memory.js';
export * from './metrics/index.js';
export * from './report/index.js';
export {
  checkCutoffs,
  type EvaluationData,
  evaluateBackbone,
  type MetricChoice,
  measureView,
  rankItems,
} from './runs/evaluate-backbone.js';
export { inEvaluationScope } from './runs/evaluation-scope.js';
export { loadBackbone } from './runs/load-backbone.js';
export type { RunIdentity } from './runs/run-identity.js';
export { type RunSettings, runId } from './runs/run-settings.js';
export { type FinishedRun, type RunEvent, type RunOptions, runVariant } from './runs/run-variant.js';
export type { Combination } from './search/combinations.js';
export type { Decision, SearchRecord } from './search/search.js';
export { type Search, searchSchema } from './search/search-schema.js';
export type { Choice, Stage, TrialRecord } from './search/trial.js';
export type { Exported, ExportFormat } from './use/export/export-format.js';
export { EXPORT_FORMATS, exportModel } from './use/export/export-model.js';
export { type OpenModel, type OpenOptions, openModel } from './use/open-model.js';
export { checkVariant, loadVariant, type VariantReference, variantNames } from './variants/load-variant.js';
export type {
  TrainedVariant,
  UntrainedContext,
  UntrainedVariant,
  Variant,
  VariantContext,
  VariantOptions,
} from './variants/variant.js';
