import { distill, type Objective, objectiveOf } from '@balanced-rec/ckd-core';
import { sampleBatch } from '../subject/sample-data.js';
import { type Check, modalitySets, type Setting } from '../subject/subject.js';
import { teachersOf } from '../subject/training.js';
import { assertGradients } from './finite-differences.js';

export function gradientChecks(setting: Setting): readonly Check[] {
  return modalitySets[setting].map(setting === 'plain' ? ofTheObjective : ofDistillation);
}

function ofTheObjective(modalities: readonly string[]): Check {
  return {
    name: `of the objective of ${modalities.join(', ')}, and of each alone as a teacher, agree with finite differences`,
    differentiates: true,
    run: (subject) =>
      subject.smoothed.with(modalities, ({ backbone }) => {
        assertGradients(objectiveOf(backbone), sampleBatch());
        for (const m of modalities) assertGradients(objectiveOf(backbone, [m]), sampleBatch());
      }),
  };
}

function ofDistillation(modalities: readonly string[]): Check {
  return {
    name: `over ${modalities.join(', ')} agree with finite differences`,
    differentiates: true,
    run: (subject) =>
      subject.smoothed.with(modalities, ({ backbone }) => {
        const teachers = teachersOf(subject.smoothed, modalities);
        const pairs = sampleBatch(40, 4);
        // Uses weights of 1, because finite differences would pass through the weights, but gradients do not.
        const options = { reweighting: false, kdRatio: 1, temperature: 1 };
        const objective: Objective = distill(backbone, teachers, () => pairs, options);
        assertGradients(objective, sampleBatch());
        for (const teacher of teachers) teacher.dispose();
      }),
  };
}
