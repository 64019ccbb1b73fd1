export { RandomGenerator, type RandomState, type RandomStreams } from '@balanced-rec/distributions';
export type { Backbone, BackboneSupports, LossTerms } from './adapter/backbone.js';
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
export type { FeatureMatrix, TrainingData } from './data/training-data.js';
export { type NeighbourCache, nearestNeighbours } from './graph/nearest-neighbours.js';
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
  xavierNormal,
  xavierUniform,
} from './layers/dense-layer.js';
export { type EmbeddingLayer, type IdEmbeddings, idEmbeddingLayers, idEmbeddings } from './layers/id-embeddings.js';
export { FrozenFeatures, type ItemFeatures, ProjectedFeatures, projectedFeatures } from './layers/item-features.js';
export {
  type PreferenceContent,
  type PreferenceContentOptions,
  preferenceContent,
} from './layers/preference-content.js';
export { bprLoss, regularizedBpr } from './losses/bpr.js';
