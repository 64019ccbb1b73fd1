export { type CompareOptions, type ComparisonResult, compare } from './comparison/compare.js';
export type { ComparisonListener } from './comparison/listener.js';
export { planComparison } from './comparison/plan-comparison.js';
export type { OpenPlace } from './comparison/run-place.js';
export type { JobChoice, RunOutcome } from './comparison/schedule.js';
export { type Comparison, comparisonSchema, type Search, searchSchema } from './comparison-file/comparison-schema.js';
export { type ComparisonFile, readComparison } from './comparison-file/read-comparison.js';
export {
  checkCutoffs,
  type EvaluationData,
  evaluateBackbone,
  inEvaluationScope,
  measureView,
  rankItems,
} from './evaluation/evaluate-backbone.js';
export { requireEnoughItems, SELECTION_METRIC } from './evaluation/validate.js';
export { type Machine, thisMachine } from './machine/this-machine.js';
export { gigabytes } from './memory/memory-need.js';
export { type RunBytes, runMemory } from './memory/run-memory.js';
export { coverage, meanPopularity } from './metrics/beyond-accuracy.js';
export type { RankedLists } from './metrics/hits.js';
export { type Measured, type MeasureRequest, measure } from './metrics/measure.js';
export {
  checkMetricName,
  METRIC_NAMES,
  type Metric,
  type MetricChoice,
  type MetricKey,
  type MetricName,
  metricKey,
  parseMetric,
} from './metrics/metric-name.js';
export { type EvaluatedModel, type EvaluateModelOptions, evaluateModel } from './model/evaluate-model.js';
export {
  type TrainedModel,
  type TrainModelListener,
  type TrainModelOptions,
  trainModel,
} from './model/train-model.js';
export type { Plan, PlannedCell, PlannedRun, TrialRecord } from './plan/plan.js';
export type { RunIdentity } from './plan/run-identity.js';
export { packageVersions } from './plan/run-identity.js';
export { type RunSettings, runId } from './plan/run-settings.js';
export type { RunEvent, RunOptions } from './runs/run-options.js';
export { type FinishedRun, runVariant } from './runs/run-variant.js';
export { checkVariant, loadVariant, type VariantReference, variantNames } from './variants/load-variant.js';
export type {
  TrainedVariant,
  UntrainedContext,
  UntrainedVariant,
  Variant,
  VariantContext,
  VariantOptions,
} from './variants/variant.js';
export { readYaml, type YamlFile } from './yaml/read-yaml.js';
