import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { encodeNpy } from '@balanced-rec/datasets';
import { type ExportFormat, SIDES, sideOf } from './export-format.js';

/** `users.npy` and `items.npy` (float32), `top_items.npy` (int32) and `top_scores.npy`; rows as in `users.tsv` and `items.tsv`. */
export const npyExport: ExportFormat = {
  name: 'npy',
  async write({ model, k, topItems, topScores }, folder) {
    const columns = model.recommender.dimension;
    for (const side of SIDES) {
      const { ids, values } = sideOf(model, side);
      await writeFile(join(folder, `${side}s.npy`), encodeNpy({ rows: ids.count, columns, values }));
    }
    const lists = { rows: model.users.count, columns: k };
    await writeFile(join(folder, 'top_items.npy'), encodeNpy({ ...lists, values: topItems }));
    await writeFile(join(folder, 'top_scores.npy'), encodeNpy({ ...lists, values: topScores }));
  },
};
