export { type RandomPurpose, RandomStreams } from '@balanced-rec/distributions';
export type { Interactions } from '@balanced-rec/interactions';
export { type Backbone, type RankingTables, rankingTables, rankingView } from './adapter/backbone.js';
export type { BackboneDefinition } from './adapter/define-backbone.js';
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
export { fetchTrainingData } from './data/training-data-file.js';
export {
  type DistillationOverrides,
  type DistillationStep,
  type DistilledObjective,
  distill,
  distillationSchema,
} from './distillation/distill.js';
export { type CounterfactualWeights, type PairSampler, uniformPairs } from './distillation/distillation-terms.js';
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
export { Adam, type AdamOptions } from './optimizer/adam.js';
export type { AdamState } from './optimizer/dense-adam.js';
export { type Gradient, type RowGradient, wholeGradients } from './optimizer/gradient.js';
export type { RankedItems } from './recommending/popularity-ranking.js';
export { type RecallOptions, recallValidation } from './recommending/recall-validation.js';
export {
  type Basis,
  type Recommendation,
  Recommender,
  type RecommenderOptions,
  type RecommendOptions,
} from './recommending/recommender.js';
export {
  SPLITS,
  type Split,
  type StoredRecommender,
  type TrainingTrace,
  trainingTrace,
} from './recommending/stored-recommender.js';
export type { EarlyStoppingState } from './training/early-stopping.js';
export type { EpochRecord, Validation } from './training/epoch-record.js';
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
export type { EpochOptions } from './training/train-epoch.js';
export type { TrainingProgress, TrainingState } from './training/training-state.js';
