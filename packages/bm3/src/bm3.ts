import {
  bipartiteAdjacency,
  copyRows,
  defineBackbone,
  dropout,
  idEmbeddings,
  lightGcn,
  linearLayer,
  type ProjectedFeatures,
  projectedFeatures,
  type StepScope,
  splitNodes,
  tableRepresentation,
  viewKey,
  xavierUniform,
} from '@balanced-rec/ckd-core/backbone';
import { detach, gatherRows, normalizeRows, rowDot, sumOfSquares } from '@balanced-rec/tfjs-kernels';
import * as tf from '@tensorflow/tfjs-core';
import * as z from 'zod';

/** BM3's hyperparameters; the defaults are among MMRec's candidates. */
export const bm3ConfigSchema = z.strictObject({
  /** Width of all embeddings (d). */
  embeddingDim: z.number().int().positive().default(64),
  /** Number of graph layers. */
  layers: z.number().int().nonnegative().default(1),
  /** Share of a target's values to drop. */
  dropout: z.number().min(0).max(0.99).default(0.3),
  /** Weight of the embedding norms. */
  regWeight: z.number().nonnegative().default(0.1),
  /** Weight of the modalities' contrastive terms. */
  clWeight: z.number().nonnegative().default(2),
  /** Train the feature tables, as the reference does. */
  trainFeatures: z.boolean().default(true),
});

/**
 * BM3's hyperparameters with all defaults filled in.
 * @useDeclaredType
 */
export type Bm3Config = z.output<typeof bm3ConfigSchema>;

interface Modality {
  readonly name: string;
  readonly projected: ProjectedFeatures;
}

/**
 * BM3 (Zhou et al., WWW 2023) for any number of modalities, as in MMRec: bootstrapped targets instead of negatives.
 * Joint view: dot product of online embeddings. Other views (the paper does not define them, so this is the project's choice):
 * user = online u, item = the mean over observed m of predictor(features.m projection.m), or zero if nothing is observed.
 */
export const bm3 = defineBackbone({
  name: 'bm3',
  configSchema: bm3ConfigSchema,
  supports: {
    negatives: false,
    rowAccess: false,
    trainableFeatures: true,
    // The joint view ranks with online embeddings, which come from ids only.
    scoresContent: false,
    // No gradient flows through the bootstrapped targets.
    stopsGradients: true,
  },
  create({ config, data, modalities, random, parameters }) {
    const { userCount, itemCount } = data;
    const init = random.stream('init');
    const d = config.embeddingDim;
    const adjacency = bipartiteAdjacency(data, 'symmetric');
    const ids = idEmbeddings(parameters, data, d, xavierUniform, init);
    const content = modalities.map((name): Modality => {
      const options = { trainable: config.trainFeatures, width: d };
      return { name, projected: projectedFeatures(parameters, name, data.features[name]!, options, init) };
    });
    const predictor = linearLayer(parameters, 'predictor', d, d, init);

    const propagated = (scope: StepScope) =>
      scope.once('propagated', () => {
        const nodes = lightGcn(adjacency, ids.nodes(scope), config.layers);
        const { users, items } = splitNodes(nodes, userCount);
        return { users, items: tf.add<tf.Tensor2D>(items, ids.items) };
      });
    const online = (scope: StepScope) =>
      scope.once('online', () => {
        const { users, items } = propagated(scope);
        return { users: predictor.apply(users), items: predictor.apply(items) };
      });
    const contentItems = (m: Modality, scope: StepScope) =>
      scope.once(`content:${m.name}`, () => predictor.apply(m.projected.whole(scope)));

    return {
      represent: (observed, scope) => {
        const isJoint = observed.length === modalities.length;
        const ofContent = () => {
          const parts = content.filter((m) => observed.includes(m.name)).map((m) => contentItems(m, scope));
          return parts.length === 0
            ? tf.zeros<tf.Rank.R2>([itemCount, d])
            : tf.mul<tf.Tensor2D>(tf.addN(parts), 1 / parts.length);
        };
        return tableRepresentation(
          isJoint ? 'joint' : `content:${viewKey(observed)}`,
          {
            users: () => online(scope).users,
            items: () => (isJoint ? online(scope).items : scope.once(`items:${viewKey(observed)}`, ofContent)),
          },
          scope,
        );
      },
      loss({ users, positives }, observed, scope) {
        const { users: userTable, items: itemTable } = propagated(scope);
        const drop = (x: tf.Tensor2D) => dropout(detach(x), config.dropout, random.stream('dropout'));
        const [u, i] = [gatherRows(userTable, users), gatherRows(itemTable, positives)];
        const [userTarget, itemTarget] = [drop(u), drop(i)];
        const terms: Record<string, tf.Scalar> = {
          'user-item': cosineDistance(predictor.apply(u), itemTarget),
          'item-user': cosineDistance(predictor.apply(i), userTarget),
          regularizer: tf.mul(embeddingNorms(userTable, itemTable), config.regWeight),
        };
        for (const { name, projected } of content.filter((m) => observed.includes(m.name))) {
          const t = copyRows(projected.source(scope), positives);
          const predicted = predictor.apply(t);
          terms[`alignment.${name}`] = tf.mul(cosineDistance(predicted, itemTarget), config.clWeight);
          terms[`consistency.${name}`] = tf.mul(cosineDistance(predicted, drop(t)), config.clWeight);
        }
        return terms;
      },
      // A model trained on one modality drops the other modalities' terms but still ranks with the same embeddings.
      rankingView: () => modalities,
      dispose: () => adjacency.dispose(),
    };
  },
});

/** The mean over rows of 1 - cos(a, b). */
function cosineDistance(a: tf.Tensor2D, b: tf.Tensor2D): tf.Scalar {
  return tf.sub(1, tf.mean(rowDot(normalizeRows(a, 1e-8), normalizeRows(b, 1e-8))));
}

/** EmbLoss: (the sum of the unsquared Frobenius norms) / the number of rows of the last table. */
function embeddingNorms(users: tf.Tensor2D, items: tf.Tensor2D): tf.Scalar {
  const norm = (x: tf.Tensor2D) => tf.sqrt<tf.Scalar>(sumOfSquares(x));
  return tf.div(tf.add(norm(users), norm(items)), items.shape[0]);
}
