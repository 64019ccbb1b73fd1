import type { Backbone } from '../adapter/backbone.js';
import { only } from '../adapter/observed-set.js';
import { rankingView } from '../adapter/ranking-view.js';
import type { Validation } from '../training/epoch-record.js';
import { type FitOptions, fit } from '../training/fit.js';
import { objectiveOf } from '../training/objective.js';
import { freezeTeacher, type Teacher } from './teacher.js';

/** As for {@link fit}, with the one modality that the teacher sees. */
export interface TrainTeacherOptions extends Omit<FitOptions, 'objective' | 'validate'> {
  readonly modality: string;
  /** Evaluates the model as the teacher ranks: under the view with `modality` alone, unless the backbone ranks with another. */
  readonly validate: (backbone: Backbone, observed: readonly string[]) => Validation;
}

/** Trains a uni-modal teacher: the same backbone on its own objective, with one modality observed, early-stopped, frozen. */
export async function trainTeacher({ modality, validate, ...options }: TrainTeacherOptions): Promise<Teacher> {
  const observed = only(options.modalities ?? Object.keys(options.data.features), modality);
  const { backbone } = await fit({
    ...options,
    objective: (student) => objectiveOf(student, observed),
    validate: (student) => validate(student, rankingView(student, observed)),
  });
  const teacher = freezeTeacher(backbone, modality);
  backbone.dispose();
  return teacher;
}
