export type { Backbone, BackboneSupports, LossTerms } from './adapter/backbone.js';
export {
  type BackboneContext,
  type BackboneDefinition,
  type BackboneOptions,
  type BackboneParts,
  defineBackbone,
} from './adapter/define-backbone.js';
export { type ObservedSet, only, parseView, viewKey, without } from './adapter/observed-set.js';
export { ParameterSet, type ParameterSnapshot } from './adapter/parameter-set.js';
export { rankingView } from './adapter/ranking-view.js';
export {
  type Branch,
  lateFusion,
  type Representation,
  type Triples,
  tableRepresentation,
} from './adapter/representation.js';
export { computedRows, copyRows, type RowSource, sharedRow, type TableRows, tableRows } from './adapter/row-source.js';
export { type RowRead, RowTable, type Settle } from './adapter/row-table.js';
export { type Phase, StepScope } from './adapter/step-scope.js';
export { type ModulatedData, modulateGradients } from './balancing/gradient-modulation.js';
export { type ModulationOverrides, modulationSchema } from './balancing/modulation-options.js';
export { teacherEnsemble } from './balancing/teacher-ensemble.js';
export { type Checkpoint, type CheckpointManifest, decodeCheckpoint } from './checkpoint/checkpoint.js';
export type { FetchOptions } from './checkpoint/fetch-bytes.js';
export { fetchCheckpoint } from './checkpoint/fetch-checkpoint.js';
export { openBackbone, requireTrainedOn, untrainedBackbone } from './checkpoint/open-backbone.js';
export {
  decodeMixedSafetensors,
  decodeSafetensors,
  encodeSafetensors,
  type MixedArray,
  type NamedArray,
  safetensorsChunks,
  type WritableArray,
} from './checkpoint/safetensors.js';
export { type SafetensorsHeader, safetensorsHeader } from './checkpoint/safetensors-header.js';
export { type ConfigPath, parseConfig } from './config/parse-config.js';
export type { FeatureMatrix, HashedData, Interactions, TrainingData } from './data/training-data.js';
export {
  decodeTrainingData,
  fetchTrainingData,
  type StoredTrainingData,
  trainingDataChunks,
} from './data/training-data-file.js';
export {
  type CounterfactualMargins,
  type CounterfactualWeights,
  counterfactualWeights,
} from './distillation/counterfactual-weights.js';
export { type DistillationStep, type DistilledObjective, distill } from './distillation/distill.js';
export {
  type DistillationOptions,
  type DistillationOverrides,
  distillationSchema,
} from './distillation/distillation-options.js';
export { genericDistillation } from './distillation/generic-distillation.js';
export { type PairSampler, uniformPairs } from './distillation/pair-sampler.js';
export { specificDistillation } from './distillation/specific-distillation.js';
export {
  type EmbeddingTables,
  embeddingTables,
  freezeTeacher,
  type Teacher,
  teacherFromTables,
  teacherTables,
} from './distillation/teacher.js';
export { type TrainTeacherOptions, trainTeacher } from './distillation/train-teacher.js';
export { type AdjacencyNormalization, bipartiteAdjacency } from './graph/bipartite-adjacency.js';
export { lightGcn } from './graph/light-gcn.js';
export { featureNeighbours, type NeighbourCache, nearestNeighbours } from './graph/nearest-neighbours.js';
export { type NodeSides, splitNodes } from './graph/split-nodes.js';
export { type DistinctIds, distinctIds } from './layers/distinct-ids.js';
export { dropout } from './layers/dropout.js';
export { type EmbeddingTable, embeddingTable } from './layers/embedding-table.js';
export { FrozenFeatures } from './layers/frozen-features.js';
export { type IdEmbeddings, idEmbeddings, idTables } from './layers/id-embeddings.js';
export { type Initializer, uniform, xavierNormal, xavierUniform } from './layers/initializers.js';
export { type ItemFeatures, itemFeatures } from './layers/item-features.js';
export { type LinearLayer, linearLayer } from './layers/linear-layer.js';
export {
  type PreferenceContent,
  type PreferenceContentOptions,
  preferenceContent,
} from './layers/preference-content.js';
export { ProjectedFeatures, projectedFeatures } from './layers/projected-features.js';
export { bprLoss } from './losses/bpr.js';
export { halfSquares } from './losses/half-squares.js';
export { regularizedBpr } from './losses/regularized-bpr.js';
export { RandomGenerator, type RandomState } from './random/random-generator.js';
export { type RandomPurpose, RandomStreams } from './random/random-streams.js';
export { Ids } from './recommending/ids.js';
export { type RecallOptions, recallValidation } from './recommending/recall-validation.js';
export type { Basis, Recommendation } from './recommending/recommendation.js';
export { Recommender, type RecommenderOptions, type RecommendOptions } from './recommending/recommender.js';
export { Adam, type AdamOptions } from './training/adam.js';
export type { AdamState } from './training/dense-adam.js';
export { EarlyStopping, type EarlyStoppingState } from './training/early-stopping.js';
export type { EpochRecord, Validation } from './training/epoch-record.js';
export { type FitOptions, type FittedModel, fit } from './training/fit.js';
export { type Gradient, type LossGradients, lossGradients, wholeGradients } from './training/loss-gradients.js';
export { type Objective, objectiveOf, type StepLoss } from './training/objective.js';
export { type Protocol, protocolSchema, protocols } from './training/protocol.js';
export { QUANTILES, quantile } from './training/quantiles.js';
export type { RowGradient } from './training/row-gradient.js';
export { createSampler, type Sampler, type SamplerName, type SamplerOptions } from './training/samplers.js';
export {
  type EpochEvent,
  type TrainingCheckpoints,
  type TrainingResult,
  type TrainOptions,
  train,
} from './training/train.js';
export type { TrainingProgress, TrainingState } from './training/training-state.js';
