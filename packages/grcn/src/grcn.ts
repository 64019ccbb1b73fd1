import {
  type Branch,
  bipartiteAdjacency,
  bprLoss,
  defineBackbone,
  idEmbeddings,
  lateFusion,
  type NodeSides,
  type ObservedSet,
  type PreferenceContent,
  preferenceContent,
  repeatRow,
  type StepScope,
  splitNodes,
  viewKey,
  xavierNormal,
} from '@balanced-rec/ckd-core';
import { CsrPattern, csrMatMul, gatherRows, leakyRelu, normalizeRows, sumOfSquares } from '@balanced-rec/tfjs-kernels';
import * as tf from '@tensorflow/tfjs-core';
import { grcnConfigSchema } from './config.js';
import { type Content, contentNetwork, paperRouting, referenceRouting } from './content-network.js';
import { edgeWeights } from './edge-weights.js';

/**
 * GRCN (Wei et al., ACM MM 2020) for any number of modalities, as MMRec has it: content networks weigh the edges of the
 * interaction graph, an ID network propagates over the weighted graph. Representation = [id | content_m ...].
 * do(m): the features of m become their mean row and the users' preference for m its mean.
 */
export const grcn = defineBackbone({
  name: 'grcn',
  configSchema: grcnConfigSchema,
  supports: { negatives: true, rowAccess: false, trainableFeatures: false },
  create({ config, data, modalities, random, parameters }) {
    const { userCount, itemCount, train } = data;
    const init = random.stream('init');
    const d = config.embeddingDim;
    const edges = bipartiteAdjacency(data, 'rowMean').pattern;
    const interactions = new CsrPattern({
      rows: userCount,
      columns: itemCount,
      rowOffsets: train.offsets,
      columnIndices: train.items,
    });
    const routing = config.routing === 'paper' ? paperRouting(interactions) : referenceRouting;
    const ids = idEmbeddings(parameters, data, d, xavierNormal, init);
    const content = modalities.map((name) =>
      preferenceContent(parameters, data, name, { width: d, initialize: xavierNormal }, init),
    );
    const confidence = parameters.add('confidence', xavierNormal(userCount + itemCount, modalities.length, init));

    const contentKey = (m: PreferenceContent, observed: ObservedSet) =>
      `content:${observed.includes(m.modality) ? 'observed' : 'imputed'}:${m.modality}`;
    const contentOf = (m: PreferenceContent, observed: ObservedSet, scope: StepScope): Content =>
      scope.once(contentKey(m, observed), () => {
        const isObserved = observed.includes(m.modality);
        const activate = (rows: tf.Tensor2D) => normalizeRows(leakyRelu(rows, config.leakySlope));
        const preference = isObserved ? m.preference : repeatRow(m.meanPreference(), userCount);
        const features = isObserved
          ? activate(m.projected.whole(scope))
          : repeatRow(activate(m.meanProjected()), itemCount);
        return contentNetwork(edges, preference, features, routing, config.routingIterations);
      });
    const idNetwork = (observed: ObservedSet, scope: StepScope): tf.Tensor2D => {
      const attention = content.map((m) => contentOf(m, observed, scope).attention);
      const weights = edgeWeights(edges, attention, confidence);
      const x0 = normalizeRows(ids.nodes(scope));
      const x1 = csrMatMul(edges, weights, x0);
      return tf.addN([x0, x1, csrMatMul(edges, weights, x1)]) as tf.Tensor2D;
    };
    const branch = (key: string, scope: StepScope, nodes: () => tf.Tensor2D): Branch => {
      const sides = (): NodeSides => scope.once(`sides:${key}`, () => splitNodes(nodes(), userCount));
      const rows = (table: tf.Tensor2D, ids?: Int32Array) => (ids ? gatherRows(table, ids) : table);
      return {
        key,
        users: (ids) => rows(sides().users, ids),
        items: (ids) => rows(sides().items, ids),
        constantOverItems: false,
      };
    };

    return {
      represent: (observed, scope) =>
        lateFusion(
          [
            branch(`id:${viewKey(observed)}`, scope, () => idNetwork(observed, scope)),
            ...content.map((m) => branch(contentKey(m, observed), scope, () => contentOf(m, observed, scope).nodes)),
          ],
          scope,
        ),
      loss(batch, observed, scope) {
        const view = this.represent(observed, scope);
        const meanSquare = (x: tf.Tensor) => tf.div<tf.Scalar>(sumOfSquares(x), x.size);
        const items = [batch.positives, batch.negatives].map((rows) => meanSquare(gatherRows(ids.items, rows)));
        // The reference regularises the whole preference table of its first modality (image) together with the ids.
        const embedding = tf.addN([
          meanSquare(gatherRows(ids.users, batch.users)),
          tf.mul(tf.addN(items), 0.5) as tf.Scalar,
          meanSquare(content[0]!.preference),
        ]);
        const ofContent = tf.addN(content.map((m) => meanSquare(gatherRows(m.preference, batch.users))));
        return {
          bpr: bprLoss(view.margins(batch)),
          embedding: tf.mul(embedding, config.regWeight) as tf.Scalar,
          content: tf.mul(ofContent, config.regWeight) as tf.Scalar,
        };
      },
      dispose: () => {
        edges.dispose();
        interactions.dispose();
        for (const m of content) m.dispose();
      },
    };
  },
});
