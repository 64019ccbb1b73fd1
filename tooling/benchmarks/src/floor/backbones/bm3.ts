import type { BackboneWork } from '../backbone-work.js';
import { featureColumns, projectionSize, setting } from '../sizes.js';

/**
 * The feature tables are trained, so a projection also has a gradient for its rows, and these rows are updated. Projection and
 * predictor are needed only for the rows the losses read. The views in distillation score with the predictor's rows of users and contents.
 */
export const bm3Work: BackboneWork = {
  scoreWidth: (sizes) => setting(sizes, 'embeddingDim'),
  step(work, sizes, { users, positives, items, distilled }) {
    const d = setting(sizes, 'embeddingDim');
    const nodes = sizes.users + sizes.items;
    work.gathers(2 * sizes.interactions, d, 2 * setting(sizes, 'layers'));
    const contents = distilled?.items ?? positives;
    for (const columns of sizes.features) {
      work.product(contents, columns, d, 2);
      work.product(contents, d, d, 2);
    }
    work.product(distilled?.users ?? users, d, d, 2);
    work.product(positives, d, d, 2);
    // The counterfactual's joint view also scores negatives, without a gradient.
    if (distilled) work.product(items - positives, d, d);
    work.updates(contents * featureColumns(sizes) + projectionSize(sizes, d) + nodes * d + d * d + d);
  },
  tables(work, sizes) {
    const d = setting(sizes, 'embeddingDim');
    const nodes = sizes.users + sizes.items;
    work.gathers(2 * sizes.interactions, d, setting(sizes, 'layers'));
    work.product(nodes, d, d);
    work.reads(nodes * d + d * d + d);
  },
};
