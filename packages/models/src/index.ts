export type { Exported, ExportFormat } from './export/export-format.js';
export { EXPORT_FORMATS, exportModel } from './export/export-model.js';
export { matrixFactorization, popularity } from './floors/floors.js';
export { type ImportFunction, importPackage, type NamedPackage, notInstalled } from './loading/import-package.js';
export { FLOOR_NAMES, KNOWN_BACKBONES, loadBackbone } from './loading/load-backbone.js';
export { startEngine } from './loading/start-engine.js';
export { type OpenModel, type OpenOptions, openModel } from './open/open-model.js';
export { type DataDifference, describeDifference, differenceFromTraining, otherDataset } from './open/other-data.js';
export { type DatasetIds, type RecommenderRequest, readDatasetIds, recommenderOf } from './open/recommender-of.js';
export { restoreBackbone } from './open/restore-backbone.js';
export {
  formatRecommendations,
  RECOMMENDATION_FORMATS,
  type RecommendationFormat,
  recommendNobody,
  recommendUsers,
  type UserRecommendation,
} from './recommend/recommend-users.js';
