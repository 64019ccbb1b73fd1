import type { BackboneWork } from '../backbone-work.js';
import { featureColumns, furtherViews, projectionSize, type Sizes, setting } from '../sizes.js';

/**
 * After the first step of an epoch, the item graphs are constant and only the ids have a gradient, so no dense product is left.
 * The views share the products with the original graphs, but each normalises the learned graphs as it mixes them.
 */
export const latticeWork: BackboneWork = {
  scoreWidth: (sizes) => setting(sizes, 'embeddingDim'),
  step(work, sizes, { distilled }) {
    const d = setting(sizes, 'embeddingDim');
    const nodes = sizes.users + sizes.items;
    const modalities = sizes.features.length;
    work.gathers(2 * sizes.interactions + nodes, d, 2 * setting(sizes, 'layers'));
    const itemPasses = setting(sizes, 'itemLayers') * neighbours(sizes);
    const original = modalities;
    const learned = modalities + (distilled ? modalities : 0);
    work.gathers(itemPasses, d, 2 * (original + learned));
    if (distilled) work.gathers(itemPasses, d, furtherViews(sizes) * (modalities - 1));
    work.updates(nodes * d);
  },
  tables(work, sizes) {
    const [d, width] = [setting(sizes, 'embeddingDim'), setting(sizes, 'featureDim')];
    const nodes = sizes.users + sizes.items;
    for (const columns of sizes.features) {
      work.product(sizes.items, columns, width);
      // All cosines; those above the diagonal are sufficient.
      work.product(sizes.items / 2, width, sizes.items);
    }
    work.gathers(2 * sizes.interactions + nodes, d, setting(sizes, 'layers'));
    work.gathers(neighbours(sizes), d, 2 * sizes.features.length * setting(sizes, 'itemLayers'));
    work.reads(sizes.items * featureColumns(sizes) + projectionSize(sizes, width) + nodes * d);
  },
};

/** Entries in an item graph. */
function neighbours(sizes: Sizes): number {
  return setting(sizes, 'neighbours') * sizes.items;
}
