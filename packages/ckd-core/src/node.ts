export {
  checkpointDamage,
  loadParameters,
  readManifest,
  readRecommender,
  saveCheckpoint,
} from './checkpoint/checkpoint-folder.js';
export {
  identityOfCheckpoint,
  TrainingCheckpointFile,
  type TrainingCheckpointOptions,
} from './checkpoint/training-checkpoint.js';
export { TeacherCache, type TeacherIdentity } from './distillation/teacher-cache.js';
export { contentHash } from './format/content-hash.js';
export { NeighbourFolder } from './graph/neighbour-folder.js';
