import type { BackboneWork } from '../backbone-work.js';
import { featureColumns, furtherViews, projectionSize, type Sizes, setting } from '../sizes.js';

const tables = (sizes: Sizes, d: number) => {
  const [nodes, modalities] = [sizes.users + sizes.items, sizes.features.length];
  return nodes * (d + modalities) + modalities * sizes.users * d + projectionSize(sizes, d);
};

/**
 * Each content network computes attention scores, one for both directions of an interaction, and one weighted sum over the directed
 * edges. The ID network computes two such sums. Each has a gradient for both factors. The attention of an imputed content network is
 * the same on all edges of a node and needs no pass. Every view has its own ID network.
 */
export const grcnWork: BackboneWork = {
  scoreWidth: (sizes) => setting(sizes, 'embeddingDim') * (1 + sizes.features.length),
  step(work, sizes, { distilled }) {
    const d = setting(sizes, 'embeddingDim');
    const [edges, modalities] = [2 * sizes.interactions, sizes.features.length];
    for (const columns of sizes.features) work.product(sizes.items, columns, d, 1);
    work.reads(sizes.items * featureColumns(sizes));
    work.gathers(sizes.interactions, d, 3 * modalities);
    work.gathers(edges, d, 3 * modalities);
    work.gathers(edges, d, 2 * 3 * (1 + (distilled ? modalities : 0)));
    // No gradient flows through the views that only the counterfactual needs.
    if (distilled) work.gathers(edges, d, 2 * furtherViews(sizes));
    work.updates(tables(sizes, d));
  },
  tables(work, sizes) {
    const d = setting(sizes, 'embeddingDim');
    for (const columns of sizes.features) work.product(sizes.items, columns, d);
    work.gathers(sizes.interactions, d, sizes.features.length);
    work.gathers(2 * sizes.interactions, d, sizes.features.length + 2);
    work.reads(sizes.items * featureColumns(sizes) + tables(sizes, d));
  },
};
