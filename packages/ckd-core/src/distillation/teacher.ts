import * as tf from '@tensorflow/tfjs-core';
import type { Backbone } from '../adapter/backbone.js';
import { only } from '../adapter/observed-set.js';
import { rankingView } from '../adapter/ranking-view.js';
import { type Representation, tableRepresentation } from '../adapter/representation.js';
import { StepScope } from '../adapter/step-scope.js';

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

/** Tables of users `[userCount, D]` and items `[itemCount, D]`, row-major, as they are kept in a cache. */
export interface EmbeddingTables {
  readonly dimension: number;
  readonly users: Float32Array;
  readonly items: Float32Array;
}

/** The embeddings of a backbone under one view. */
export function embeddingTables(backbone: Backbone, observed = backbone.modalities): EmbeddingTables {
  return tf.tidy(() => {
    const view = backbone.represent(observed, new StepScope('evaluate'));
    const users = view.users();
    return {
      dimension: users.shape[1],
      users: users.dataSync<'float32'>(),
      items: view.items().dataSync<'float32'>(),
    };
  });
}

/** Freezes a backbone that was trained on `modality` alone, as it ranks then. The backbone may be disposed afterwards. */
export function freezeTeacher(backbone: Backbone, modality: string): Teacher {
  return teacherFromTables(
    modality,
    embeddingTables(backbone, rankingView(backbone, only(backbone.modalities, modality))),
  );
}

/** A teacher from stored embeddings. */
export function teacherFromTables(modality: string, { dimension, users, items }: EmbeddingTables): Teacher {
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

/** The embeddings of a teacher, to be stored. */
export function teacherTables({ users, items }: Teacher): EmbeddingTables {
  return {
    dimension: users.shape[1],
    users: users.dataSync<'float32'>(),
    items: items.dataSync<'float32'>(),
  };
}

/** A teacher as a view, so that its margins are asked for like the student's. */
export function teacherView({ modality, users, items }: Teacher, scope: StepScope): Representation {
  return tableRepresentation(`teacher:${modality}`, { users: () => users, items: () => items }, scope);
}
