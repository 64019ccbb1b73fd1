import type { BackboneWork } from '../backbone-work.js';
import { featureColumns, projectionSize, type Sizes, setting } from '../sizes.js';

/**
 * Training propagates over the interactions the epoch kept. The feature tables are trained, so a projection of the batch's items also
 * has a gradient for its rows, and these rows are updated. All views mix the same products with the item graphs.
 */
export const freedomWork: BackboneWork = {
  scoreWidth: (sizes) => setting(sizes, 'embeddingDim'),
  step(work, sizes, { items }) {
    const d = setting(sizes, 'embeddingDim');
    const kept = Math.floor(sizes.interactions * (1 - setting(sizes, 'dropout')));
    work.gathers(2 * kept, d, 2 * setting(sizes, 'layers'));
    work.gathers(itemEntries(sizes), d, 2);
    for (const columns of sizes.features) work.product(items, columns, d, 2);
    work.updates(items * featureColumns(sizes) + projectionSize(sizes, d) + (sizes.users + sizes.items) * d);
  },
  tables(work, sizes) {
    const d = setting(sizes, 'embeddingDim');
    work.gathers(2 * sizes.interactions, d, setting(sizes, 'layers'));
    work.gathers(itemEntries(sizes), d, 1);
    work.reads((sizes.users + sizes.items) * d);
  },
};

/** Entries in the item graphs of all modalities, over all their layers. */
function itemEntries(sizes: Sizes): number {
  return sizes.features.length * setting(sizes, 'itemLayers') * setting(sizes, 'neighbours') * sizes.items;
}
