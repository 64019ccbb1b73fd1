import type { BackboneWork } from '../backbone-work.js';
import { featureColumns, projectionSize, type Sizes, setting } from '../sizes.js';

const tables = (sizes: Sizes, d: number) =>
  sizes.users * d * (1 + sizes.features.length) + sizes.items * d + projectionSize(sizes, d);

/** The features are not trained, so a projection needs only the gradient of its kernel. An imputed branch cancels in every margin. */
export const vbprWork: BackboneWork = {
  scoreWidth: (sizes) => setting(sizes, 'embeddingDim') * (1 + sizes.features.length),
  step(work, sizes, { items, distilled }) {
    const d = setting(sizes, 'embeddingDim');
    const rows = distilled?.items ?? items;
    for (const columns of sizes.features) work.product(rows, columns, d, 1);
    work.reads(rows * featureColumns(sizes));
    work.updates(tables(sizes, d));
  },
  tables(work, sizes) {
    const d = setting(sizes, 'embeddingDim');
    for (const columns of sizes.features) work.product(sizes.items, columns, d);
    work.reads(sizes.items * featureColumns(sizes) + tables(sizes, d));
  },
};
