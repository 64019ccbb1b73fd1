import {
  type Branch,
  bprLoss,
  defineBackbone,
  idEmbeddings,
  lateFusion,
  type ObservedSet,
  type PreferenceContent,
  preferenceContent,
  rowsOfTable,
  type StepScope,
  splitNodes,
  viewKey,
  xavierNormal,
} from '@balanced-rec/ckd-core/backbone';
import { csrMatMul, leakyRelu, normalizeRows, squaresOfRows, sumOfSquares } from '@balanced-rec/tfjs-kernels';
import * as tf from '@tensorflow/tfjs-core';
import * as z from 'zod';
import { type Content, contentNetwork, imputedContent, paperRouting, referenceRouting } from './content-network.js';
import { edgeWeights, InteractionEdges } from './interaction-edges.js';

/** GRCN's hyperparameters; the defaults are MMRec's. */
export const grcnConfigSchema = z.strictObject({
  /** Width of each branch (d): the whole embedding is (1 + modalities) * d wide. */
  embeddingDim: z.number().int().positive().default(64),
  /** Weight of the regulariser. */
  regWeight: z.number().nonnegative().default(1e-3),
  /** Routing iterations that refine the users' preferences. */
  routingIterations: z.number().int().nonnegative().default(3),
  /** `reference`: as released, each iteration only renormalises; `paper`: each user attends to their items. */
  routing: z.enum(['reference', 'paper']).default('reference'),
  /** Slope of LeakyReLU for negative values. */
  leakySlope: z.number().nonnegative().default(0.01),
});

/**
 * GRCN's hyperparameters with all defaults filled in.
 * @useDeclaredType
 */
export type GrcnConfig = z.output<typeof grcnConfigSchema>;

/**
 * GRCN (Wei et al., ACM MM 2020) for any number of modalities, as in MMRec: content networks weight the edges of the interaction graph,
 * and an ID network propagates over the weighted graph. Representation = [id | content_m ...].
 * do(m) replaces the features of m and the users' preferences for m with their means.
 */
export const grcn = defineBackbone({
  name: 'grcn',
  configSchema: grcnConfigSchema,
  supports: { negatives: true, rowAccess: false, trainableFeatures: false },
  create({ config, data, modalities, random, parameters }) {
    const { userCount, itemCount } = data;
    const init = random.stream('init');
    const d = config.embeddingDim;
    const edges = new InteractionEdges(data);
    const routing = {
      routing: config.routing === 'paper' ? paperRouting : referenceRouting,
      iterations: config.routingIterations,
    };
    const ids = idEmbeddings(parameters, data, d, xavierNormal, init);
    const content = modalities.map((name) =>
      preferenceContent(parameters, data, name, { width: d, initialize: xavierNormal }, init),
    );
    const confidence = parameters.add('confidence', xavierNormal(userCount + itemCount, modalities.length, init));

    const contentKey = (m: PreferenceContent, observed: ObservedSet) =>
      `content:${observed.includes(m.modality) ? 'observed' : 'imputed'}:${m.modality}`;
    const contentOf = (m: PreferenceContent, observed: ObservedSet, scope: StepScope): Content =>
      scope.once(contentKey(m, observed), () => {
        const activate = (rows: tf.Tensor2D) => normalizeRows(leakyRelu(rows, config.leakySlope));
        if (!observed.includes(m.modality)) {
          return imputedContent(edges, m.meanPreference(), activate(m.meanProjected()), routing);
        }
        const features = activate(m.projected.whole(scope));
        const { nodes, attention } = contentNetwork(edges, m.preference.whole(), features, routing);
        return { ...sides(nodes), attention };
      });
    const idNetwork = (observed: ObservedSet, scope: StepScope): tf.Tensor2D => {
      const attention = content.map((m) => contentOf(m, observed, scope).attention);
      const weights = edgeWeights(edges.directed, attention, confidence);
      const x0 = scope.once('x0', () => normalizeRows(ids.nodes(scope)));
      const x1 = csrMatMul(edges.directed, weights, x0);
      return tf.addN([x0, x1, csrMatMul(edges.directed, weights, x1)]) as tf.Tensor2D;
    };
    const sides = (nodes: tf.Tensor2D) => {
      const { users, items } = splitNodes(nodes, userCount);
      return { users: rowsOfTable(() => users), items: rowsOfTable(() => items) };
    };
    const idBranch = (observed: ObservedSet, scope: StepScope): Branch => {
      const key = `id:${viewKey(observed)}`;
      const { users, items } = scope.once(key, () => sides(idNetwork(observed, scope)));
      return { key, users, items, constantOverItems: false };
    };
    const contentBranch = (m: PreferenceContent, observed: ObservedSet, scope: StepScope): Branch => {
      const { users, items } = contentOf(m, observed, scope);
      const constantOverItems = !observed.includes(m.modality) && !edges.isolatedItems.includes(1);
      return { key: contentKey(m, observed), users, items, constantOverItems };
    };

    return {
      represent: (observed, scope) =>
        lateFusion([idBranch(observed, scope), ...content.map((m) => contentBranch(m, observed, scope))], scope),
      loss(batch, observed, scope) {
        const view = this.represent(observed, scope);
        const meanSquare = (x: tf.Tensor2D, rows?: Int32Array): tf.Scalar =>
          rows ? tf.div(squaresOfRows(x, rows), rows.length * x.shape[1]) : tf.div(sumOfSquares(x), x.size);
        const items = [batch.positives, batch.negatives].map((rows) => meanSquare(ids.items, rows));
        // The reference regularises the whole preference table of its first modality (image) together with the ids.
        const embedding = tf.addN([
          meanSquare(ids.users, batch.users),
          tf.mul(tf.addN(items), 0.5) as tf.Scalar,
          meanSquare(content[0]!.preference.whole()),
        ]);
        const ofContent = tf.addN(content.map((m) => meanSquare(m.preference.whole(), batch.users)));
        return {
          bpr: bprLoss(view.margins(batch)),
          embedding: tf.mul(embedding, config.regWeight) as tf.Scalar,
          content: tf.mul(ofContent, config.regWeight) as tf.Scalar,
        };
      },
      dispose: () => {
        edges.dispose();
        for (const m of content) m.dispose();
      },
    };
  },
});
