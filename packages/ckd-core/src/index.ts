export type { Interactions } from '@balanced-rec/interactions';
export type { Backbone, BackboneSupports, LossTerms } from './adapter/backbone.js';
export { type RankingTables, rankingTables, rankingView } from './adapter/backbone.js';
export {
  type BackboneContext,
  type BackboneDefinition,
  type BackboneOptions,
  type BackboneParts,
  defineBackbone,
} from './adapter/define-backbone.js';
export { type DistinctIds, distinctIds } from './adapter/distinct-ids.js';
export { type ObservedSet, only, parseView, viewKey, without } from './adapter/observed-set.js';
export { ParameterSet, type ParameterSnapshot } from './adapter/parameter-set.js';
export { ParameterTable, type Settle } from './adapter/parameter-table.js';
export {
  type Branch,
  lateFusion,
  type Representation,
  type Triples,
  tableRepresentation,
} from './adapter/representation.js';
export {
  type BatchRows,
  computedRows,
  copyRows,
  type RowSource,
  rowsOfTable,
  sharedRow,
} from './adapter/row-source.js';
export { type Phase, type RowRead, StepScope } from './adapter/step-scope.js';
export {
  type ModulatedData,
  type ModulationOverrides,
  modulateGradients,
  modulationSchema,
} from './balancing/gradient-modulation.js';
export {
  type Checkpoint,
  type CheckpointManifest,
  decodeCheckpoint,
  fetchCheckpoint,
} from './checkpoint/checkpoint.js';
export { openBackbone, requireTrainedOn, untrainedBackbone } from './checkpoint/open-backbone.js';
export { type ConfigPath, parseConfig } from './config/parse-config.js';
export { Ids } from './data/ids.js';
export type { FeatureMatrix, HashedData, TrainingData } from './data/training-data.js';
export {
  decodeTrainingData,
  fetchTrainingData,
  type StoredTrainingData,
  trainingDataChunks,
} from './data/training-data-file.js';
export {
  type DistillationOptions,
  type DistillationOverrides,
  type DistillationStep,
  type DistilledObjective,
  distill,
  distillationSchema,
} from './distillation/distill.js';
export {
  type CounterfactualMargins,
  type CounterfactualWeights,
  counterfactualWeights,
  genericDistillation,
  type PairSampler,
  specificDistillation,
  uniformPairs,
} from './distillation/distillation-terms.js';
export {
  freezeTeacher,
  type Teacher,
  type TrainTeacherOptions,
  teacherEnsemble,
  teacherFromTables,
  teacherTables,
  trainTeacher,
} from './distillation/teacher.js';
export type { FetchOptions } from './format/fetch-bytes.js';
export {
  decodeMixedSafetensors,
  decodeSafetensors,
  encodeSafetensors,
  type MixedArray,
  type NamedArray,
  safetensorsChunks,
  type WritableArray,
} from './format/safetensors.js';
export { type SafetensorsHeader, safetensorsHeader } from './format/safetensors-header.js';
export { featureNeighbours, type NeighbourCache, nearestNeighbours } from './graph/nearest-neighbours.js';
export {
  type AdjacencyNormalization,
  bipartiteAdjacency,
  lightGcn,
  type NodeSides,
  splitNodes,
} from './graph/user-item-graph.js';
export {
  dropout,
  type Initializer,
  type LinearLayer,
  linearLayer,
  uniform,
  xavierNormal,
  xavierUniform,
} from './layers/dense-layer.js';
export {
  type EmbeddingLayer,
  embeddingLayer,
  type IdEmbeddings,
  idEmbeddingLayers,
  idEmbeddings,
} from './layers/id-embeddings.js';
export {
  FrozenFeatures,
  type ItemFeatures,
  itemFeatures,
  ProjectedFeatures,
  projectedFeatures,
} from './layers/item-features.js';
export {
  type PreferenceContent,
  type PreferenceContentOptions,
  preferenceContent,
} from './layers/preference-content.js';
export { bprLoss, halfSquares, regularizedBpr } from './losses/bpr.js';
export { Adam, type AdamOptions } from './optimizer/adam.js';
export type { AdamState } from './optimizer/dense-adam.js';
export { type Gradient, type RowGradient, wholeGradients } from './optimizer/gradient.js';
export { RandomGenerator, type RandomPurpose, type RandomState, RandomStreams } from './random/random.js';
export { type RecallOptions, recallValidation } from './recommending/recall-validation.js';
export type { Basis, Recommendation } from './recommending/recommender.js';
export { Recommender, type RecommenderOptions, type RecommendOptions } from './recommending/recommender.js';
export { EarlyStopping, type EarlyStoppingState } from './training/early-stopping.js';
export type { EpochRecord, Validation } from './training/epoch-record.js';
export { QUANTILES, quantile } from './training/epoch-record.js';
export { type FitOptions, type FittedModel, fit } from './training/fit.js';
export { type LossGradients, lossGradients, type Objective, objectiveOf, type StepLoss } from './training/objective.js';
export { type Protocol, protocolSchema, protocols } from './training/protocol.js';
export { createSampler, type Sampler, type SamplerName, type SamplerOptions } from './training/samplers.js';
export {
  type EpochEvent,
  type TrainingCheckpoints,
  type TrainingResult,
  type TrainOptions,
  train,
} from './training/train.js';
export type { TrainingProgress, TrainingState } from './training/training-state.js';
