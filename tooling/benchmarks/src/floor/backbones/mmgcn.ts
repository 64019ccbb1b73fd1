import type { BackboneWork } from '../backbone-work.js';
import { featureColumns, projectionSize, type Sizes, setting } from '../sizes.js';

/** Parameters in the layers of the networks: conv, linear and gate. */
const networkSize = (sizes: Sizes, d: number) => sizes.features.length * setting(sizes, 'layers') * 3 * (d * d + d);

/**
 * A layer has three dense products over all nodes and one sparse product. The users' preferences are not trained, so conv and linear
 * in the first layer need the gradient only for the items' rows. Under do(m), the first layer starts from just two different rows.
 */
export const mmgcnWork: BackboneWork = {
  scoreWidth: (sizes) => setting(sizes, 'embeddingDim'),
  step(work, sizes, { distilled }) {
    const [d, layers] = [setting(sizes, 'embeddingDim'), setting(sizes, 'layers')];
    const nodes = sizes.users + sizes.items;
    const entries = 2 * sizes.interactions + nodes;
    for (const columns of sizes.features) {
      work.product(sizes.items, columns, d, 1);
      for (let convAndLinear = 0; convAndLinear < 2; convAndLinear++) {
        work.product(nodes, d, d, 1);
        work.product(sizes.items, d, d);
      }
      work.product(nodes, d, d, 2);
      for (let upper = 1; upper < layers; upper++) work.product(nodes, d, 3 * d, 2);
      work.gathers(entries, d, 2 * layers);
      if (distilled) {
        work.product(nodes, d, d, 2);
        for (let upper = 1; upper < layers; upper++) work.product(nodes, d, 3 * d, 2);
        work.gathers(entries, d, 2 * (layers - 1));
      }
    }
    work.reads(sizes.items * featureColumns(sizes) + sizes.users * d * sizes.features.length);
    work.updates(nodes * d + projectionSize(sizes, d) + networkSize(sizes, d));
  },
  tables(work, sizes) {
    const [d, layers] = [setting(sizes, 'embeddingDim'), setting(sizes, 'layers')];
    const nodes = sizes.users + sizes.items;
    for (const columns of sizes.features) {
      work.product(sizes.items, columns, d);
      work.product(nodes, d, 3 * d * layers);
      work.gathers(2 * sizes.interactions + nodes, d, layers);
    }
    work.reads(sizes.items * featureColumns(sizes) + sizes.users * d * sizes.features.length);
    work.reads(nodes * d + projectionSize(sizes, d) + networkSize(sizes, d));
  },
};
