import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { safetensorsChunks } from '@balanced-rec/ckd-core/format';
import type { ExportFormat } from './export-format.js';

/** `embeddings.safetensors` with `users`, `items` and `top_scores` (F32) and `top_items` (I32). */
export const safetensorsExport: ExportFormat = {
  name: 'safetensors',
  async write({ model, k, topItems, topScores }, folder) {
    const { tables, userCount, itemCount, dimension } = model.recommender;
    const arrays = new Map([
      ['users', { shape: [userCount, dimension], values: tables.users }],
      ['items', { shape: [itemCount, dimension], values: tables.items }],
      ['top_scores', { shape: [userCount, k], values: topScores }],
      ['top_items', { shape: [userCount, k], values: topItems, dtype: 'I32' as const }],
    ]);
    await writeFile(join(folder, 'embeddings.safetensors'), safetensorsChunks(arrays));
  },
};
