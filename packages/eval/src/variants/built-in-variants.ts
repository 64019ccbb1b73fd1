import {
  type DistillationOverrides,
  distill,
  modulateGradients,
  objectiveOf,
  teacherEnsemble,
  uniformPairs,
} from '@balanced-rec/ckd-core';
import { only } from '@balanced-rec/ckd-core/backbone';
import { matrixFactorization, popularity } from '@balanced-rec/models';
import type { TrainedVariant, Variant } from './variant.js';

/** The built-in variants for given modalities. Further ones come from third-party packages. */
export function builtInVariants(modalities: readonly string[]): readonly Variant[] {
  return [
    { name: 'plain', reads: [], decides: 'backbone', objective: ({ backbone }) => objectiveOf(backbone) },
    { ...distilled('ckd', {}), decides: 'distillation' },
    distilled('ckd-no-specific', { specific: false }),
    distilled('ckd-no-generic', { generic: false }),
    distilled('ckd-no-reweighting', { reweighting: false }),
    ...modalities.map(uniModal),
    {
      name: 'ogm-ge',
      reads: ['modulation'],
      decides: 'modulation',
      balances: true,
      objective: ({ backbone, dataset, random, modulation }) =>
        modulateGradients(backbone, dataset, random.stream('modulation'), modulation),
    },
    {
      name: 'ensemble',
      reads: [],
      balances: true,
      needsTeachers: true,
      model: ({ definition, teachers }) => teacherEnsemble(definition.name, teachers),
    },
    { name: 'popularity', reads: [], floor: popularity, model: ({ create }) => create() },
    { name: 'id-only', reads: [], floor: matrixFactorization, objective: ({ backbone }) => objectiveOf(backbone) },
  ];
}

/** CKD, or CKD without one of its parts (Zhang et al., ACM MM 2024). */
function distilled(name: string, without: DistillationOverrides): TrainedVariant {
  return {
    name,
    kind: 'ckd',
    reads: ['distillation'],
    balances: true,
    needsTeachers: true,
    objective: ({ backbone, teachers, dataset, random, distillation }) => {
      const options = { ...distillation, ...without };
      const pairs = uniformPairs(dataset, options.pairsPerStep ?? 5000, random.stream('distillation'));
      return distill(backbone, teachers, pairs, options);
    },
  };
}

/** One modality alone, trained like a teacher. */
export function uniModal(modality: string): TrainedVariant {
  return {
    name: `only:${modality}`,
    kind: 'only',
    reads: [],
    modality,
    objective: ({ backbone }) => objectiveOf(backbone, only(backbone.modalities, modality)),
  };
}
