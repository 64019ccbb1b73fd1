import * as tf from '@tensorflow/tfjs-core';
import * as z from 'zod';
import {
  type Backbone,
  type Branch,
  computedRows,
  defineBackbone,
  FrozenFeatures,
  lateFusion,
  regularizedBpr,
  rowsOfTable,
  sharedRow,
  xavierUniform,
} from '../../src/backbone.js';
import { RandomStreams } from '../../src/index.js';
import { smallData } from './data.js';

/** A minimal multimodal recommender: one branch per modality and one for ids. */
export const small = defineBackbone({
  name: 'small',
  configSchema: z.strictObject({
    width: z.number().int().positive().default(4),
    regWeight: z.number().nonnegative().default(1e-3),
    kind: z.enum(['linear', 'bilinear']).default('linear'),
  }),
  supports: { negatives: true, rowAccess: true, trainableFeatures: false },
  create({ config, data, modalities, random, parameters }) {
    const init = random.stream('init');
    const table = (name: string, rows: number) => parameters.add(name, xavierUniform(rows, config.width, init));
    const [users, items] = [table('user.id', data.userCount), table('item.id', data.itemCount)];
    const content = modalities.map((m) => {
      const features = new FrozenFeatures(data.features[m]!);
      return { m, features, users: table(`user.${m}`, data.userCount), kernel: table(`kernel.${m}`, features.columns) };
    });
    const ids: Branch = {
      key: 'ids',
      users: rowsOfTable(() => users),
      items: rowsOfTable(() => items),
      constantOverItems: false,
    };
    return {
      represent: (observed, scope) =>
        lateFusion(
          [
            ids,
            ...content.map(({ m, features, users: preferences, kernel }): Branch => {
              const known = observed.includes(m);
              const row = () => tf.mean(preferences, 0, true) as tf.Tensor2D;
              return {
                key: `${known ? 'observed' : 'imputed'}:${m}`,
                users: known ? rowsOfTable(() => preferences) : sharedRow(row, data.userCount),
                items: known
                  ? computedRows({
                      whole: () => tf.matMul(features.whole(), kernel),
                      rows: (rows) => tf.matMul(features.rows(rows), kernel),
                    })
                  : sharedRow(() => tf.matMul(features.mean, kernel), data.itemCount),
                constantOverItems: !known,
              };
            }),
          ],
          scope,
        ),
      loss(batch, observed, scope) {
        return regularizedBpr(this.represent(observed, scope), batch, config.regWeight);
      },
      dispose: () => {
        for (const { features } of content) features.dispose();
      },
    };
  },
});

export function makeSmall(modalities = ['image', 'text'], seed = 1, config: Record<string, unknown> = {}): Backbone {
  return small.create({ data: smallData(modalities), config, random: new RandomStreams(seed) });
}
