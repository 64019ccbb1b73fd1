import {
  defineBackbone,
  FrozenFeatures,
  regularizedBpr,
  tableRepresentation,
  xavierUniform,
} from '@balanced-rec/ckd-core/backbone';
import { detach, gatherRows } from '@balanced-rec/tfjs-kernels';
import * as tf from '@tensorflow/tfjs-core';
import * as z from 'zod';

export type Fault =
  | 'none'
  | 'gradient cut'
  | 'tensor kept in every step'
  | 'features never freed'
  | 'intervention forgotten'
  | 'features of an unobserved modality used'
  | 'unseeded initial values'
  | 'unseeded noise in training'
  | 'state outside the parameters'
  | 'state that outlives an epoch'
  | 'views shared under one key'
  | 'rows of other items'
  | 'one row too many'
  | 'rows of other items with a single modality'
  | 'third modality ignored'
  | 'tensor kept when a step requests a modality alone'
  | 'learns the opposite'
  | 'options accepted unchecked';

/** A small recommender that sums its modalities, with one deliberate fault. */
export function faultyBackbone(fault: Fault) {
  const shape = { width: z.number().int().positive().default(4) };
  return defineBackbone({
    name: `backbone with ${fault}`,
    configSchema: fault === 'options accepted unchecked' ? z.looseObject(shape) : z.strictObject(shape),
    supports: { negatives: true, rowAccess: true, trainableFeatures: false },
    create({ config, data, modalities, random, parameters }) {
      const { userCount, itemCount } = data;
      const init = random.stream('init');
      const users = parameters.add('users', xavierUniform(userCount, config.width, init));
      // Noise this small can only be detected by comparing bits.
      const noise = (rows: number) => tf.randomNormal<tf.Rank.R2>([rows, config.width], 0, 1e-6);
      if (fault === 'unseeded initial values') tf.tidy(() => users.assign(tf.add(users, noise(userCount))));
      const ids = parameters.add('items', xavierUniform(itemCount, config.width, init));
      const hidden = tf.tidy(() => tf.variable(xavierUniform(itemCount, config.width, init), false));
      let epochsBegun = 0;
      const known = fault === 'third modality ignored' ? modalities.slice(0, 2) : modalities;
      const content = known.map((m) => {
        const features = new FrozenFeatures(data.features[m]!);
        return {
          m,
          features,
          kernel: parameters.add(`kernel.${m}`, xavierUniform(features.columns, config.width, init)),
        };
      });
      return {
        represent: (observed, scope) => {
          const key = fault === 'views shared under one key' ? 'table' : `table:${JSON.stringify(observed)}`;
          const items = () =>
            scope.once(key, () => {
              const parts = content.map(({ m, features, kernel }) => {
                const known = observed.includes(m) || fault === 'intervention forgotten';
                const input = known ? features.whole() : tf.mul(tf.onesLike(features.whole()), features.mean);
                const leaking = !known && fault === 'features of an unobserved modality used';
                const projected = tf.matMul(leaking ? tf.mul(features.whole(), 0.1) : input, kernel);
                return fault === 'gradient cut' ? detach(projected) : projected;
              });
              if (fault === 'state outside the parameters') parts.push(hidden);
              if (fault === 'state that outlives an epoch' && scope.phase === 'train') {
                parts.push(tf.mul(hidden, 1e-5 * epochsBegun));
              }
              if (fault === 'unseeded noise in training' && scope.phase === 'train') {
                parts.push(noise(itemCount));
              }
              return tf.addN([ids, ...parts]) as tf.Tensor2D;
            });
          const view = tableRepresentation(key, { users: () => users, items }, scope);
          if (
            fault === 'tensor kept when a step requests a modality alone' &&
            scope.phase === 'train' &&
            modalities.length > observed.length
          ) {
            tf.keep(tf.scalar(1));
          }
          if (fault === 'one row too many') {
            return {
              ...view,
              items: (rows) =>
                rows
                  ? view.items(rows)
                  : tf.pad2d(items(), [
                      [0, 1],
                      [0, 0],
                    ]),
            };
          }
          const isAlone = fault === 'rows of other items with a single modality' && modalities.length === 1;
          if (fault !== 'rows of other items' && !isAlone) return view;
          return { ...view, items: (rows) => (rows ? gatherRows(items(), rows.slice().reverse()) : items()) };
        },
        loss(batch, observed, scope) {
          if (fault === 'tensor kept in every step') tf.keep(tf.scalar(1));
          const { users, positives, negatives } = batch;
          const read = fault === 'learns the opposite' ? { users, positives: negatives, negatives: positives } : batch;
          return regularizedBpr(this.represent(observed, scope), read, 1e-3);
        },
        beginEpoch: () => {
          epochsBegun += 1;
        },
        dispose: () => {
          hidden.dispose();
          if (fault !== 'features never freed') for (const { features } of content) features.dispose();
        },
      };
    },
  });
}
