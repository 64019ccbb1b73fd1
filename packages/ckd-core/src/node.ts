export {
  type CheckpointManifest,
  checkpointDamage,
  loadParameters,
  readManifest,
  saveCheckpoint,
} from './checkpoint/checkpoint.js';
export {
  identityOfCheckpoint,
  TrainingCheckpointFile,
  type TrainingCheckpointOptions,
} from './checkpoint/training-checkpoint.js';
export { contentHash, TeacherCache, type TeacherIdentity } from './distillation/teacher-cache.js';
export { NeighbourFolder } from './graph/neighbour-folder.js';
