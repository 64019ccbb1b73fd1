import * as tf from '@tensorflow/tfjs-core';
import type { Backbone } from '../adapter/backbone.js';
import { type RankingTables, rankingTables, rankingView } from '../adapter/backbone.js';
import { only } from '../adapter/observed-set.js';
import { ParameterSet } from '../adapter/parameter-set.js';
import { lateFusion, type Representation, tableRepresentation } from '../adapter/representation.js';
import { rowsOfTable } from '../adapter/row-source.js';
import type { StepScope } from '../adapter/step-scope.js';
import type { Validation } from '../training/epoch-record.js';
import { type FitOptions, fit } from '../training/fit.js';
import { objectiveOf } from '../training/objective.js';

/** A trained uni-modal model, reduced to what distillation needs: its embeddings, frozen. */
export interface Teacher {
  readonly modality: string;
  /** `[userCount, D]` */
  readonly users: tf.Tensor2D;
  /** `[itemCount, D]` */
  readonly items: tf.Tensor2D;
  /** Frees both tables. */
  dispose(): void;
}

/** Freezes a backbone that was trained on `modality` alone, under the view that it ranks with. The backbone may be disposed afterwards. */
export function freezeTeacher(backbone: Backbone, modality: string): Teacher {
  return teacherFromTables(
    modality,
    rankingTables(backbone, rankingView(backbone, only(backbone.modalities, modality))),
  );
}

/** Creates a teacher from stored embeddings. */
export function teacherFromTables(modality: string, { dimension, users, items }: RankingTables): Teacher {
  const tables = {
    users: tf.keep(tf.tensor2d(users, [users.length / dimension, dimension])),
    items: tf.keep(tf.tensor2d(items, [items.length / dimension, dimension])),
  };
  return {
    modality,
    ...tables,
    dispose: () => {
      tables.users.dispose();
      tables.items.dispose();
    },
  };
}

/** A teacher's embeddings, ready to be stored. */
export function teacherTables({ users, items }: Teacher): RankingTables {
  return {
    dimension: users.shape[1],
    users: users.dataSync<'float32'>(),
    items: items.dataSync<'float32'>(),
  };
}

/** A teacher as a view, so that its margins can be computed like the student's. */
export function teacherView({ modality, users, items }: Teacher, scope: StepScope): Representation {
  return tableRepresentation(`teacher:${modality}`, { users: () => users, items: () => items }, scope);
}

/** Like the options of {@link fit}, with the one modality that the teacher sees. */
export interface TrainTeacherOptions extends Omit<FitOptions, 'objective' | 'validate'> {
  readonly modality: string;
  /** Evaluates the model under the view that the teacher ranks with: `modality` alone, unless the backbone ranks with another. */
  readonly validate: (backbone: Backbone, observed: readonly string[]) => Validation;
}

/** Trains a uni-modal teacher: the same backbone and objective with one modality observed, trained with early stopping, then frozen. */
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

/**
 * The uni-modal teachers combined into one model that needs no training: its score is the sum of their scores over the observed
 * modalities. A multimodal model should at least match it. It has no parameters; the caller still has to dispose the teachers.
 * @param name the name of the teachers' backbone
 */
export function teacherEnsemble(name: string, teachers: readonly Teacher[]): Backbone {
  return {
    name,
    modalities: teachers.map(({ modality }) => modality),
    supports: { negatives: false, rowAccess: true, trainableFeatures: false },
    config: {},
    parameters: new ParameterSet(),
    represent: (observed, scope) =>
      lateFusion(
        teachers
          .filter(({ modality }) => observed.includes(modality))
          .map(({ modality, users, items }) => ({
            key: `teacher:${modality}`,
            users: rowsOfTable(() => users),
            items: rowsOfTable(() => items),
            constantOverItems: false,
          })),
        scope,
      ),
    loss: () => ({}),
    dispose: () => {},
  };
}
