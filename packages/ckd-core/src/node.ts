export type { CheckpointManifest } from './checkpoint/checkpoint.js';
export { loadParameters, readManifest, saveCheckpoint } from './checkpoint/checkpoint-folder.js';
export {
  identityOfCheckpoint,
  TrainingCheckpointFile,
  type TrainingCheckpointOptions,
} from './checkpoint/training-checkpoint.js';
export { writeFileAtomically, writeFolderAtomically } from './checkpoint/write-folder.js';
export { contentHash, TeacherCache, type TeacherIdentity } from './distillation/teacher-cache.js';
export { NeighbourFolder } from './graph/neighbour-folder.js';
