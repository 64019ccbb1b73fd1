/** Names that snippets about training assume: a small backbone, its teachers, and a protocol of one epoch. */
import { createSampler, freezeTeacher, objectiveOf, protocols } from '@balanced-rec/ckd-core';
import { vbpr } from '@balanced-rec/vbpr';
import { data, random } from './data.js';

export { train } from '@balanced-rec/ckd-core';
export { data, random };
export const protocol = { ...protocols['ckd-paper'], maxEpochs: 1 };
export const backbone = vbpr.create({ data, config: { embeddingDim: 8 }, random });
export const teachers = backbone.modalities.map((modality) => freezeTeacher(backbone, modality));
export const objective = objectiveOf(backbone);
export const sampler = createSampler('ckd-paper', { data, batchSize: 64, random: random.stream('sampling') });
export const validate = () => ({ score: 0, metrics: {} });
