import { objectiveOf } from '@balanced-rec/ckd-core';
import { assertGradients } from '../finite-differences.js';
import { sampleBatch } from '../sample-data.js';
import { type Check, modalitySets } from '../subject.js';

export const gradientChecks: readonly Check[] = modalitySets.map((modalities) => ({
  name: `of the objective of ${modalities.join(', ')}, and of each alone as a teacher, agree with finite differences`,
  differentiates: true,
  run: (subject) =>
    subject.smoothed.with(modalities, ({ backbone }) => {
      assertGradients(objectiveOf(backbone), sampleBatch());
      for (const m of modalities) assertGradients(objectiveOf(backbone, [m]), sampleBatch());
    }),
}));
