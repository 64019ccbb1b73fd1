import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { shortFloat } from '../recommend/short-float.js';
import { type ExportFormat, rowsOf } from './export-format.js';

/** A request of this many points stays well below Qdrant's limit of 32 MB, up to some thousand dimensions. */
const POINTS_PER_FILE = 500;

/** Request bodies for Qdrant's REST interface: `qdrant/collection.json`, and the items as `points-00000.json`, ... */
export const qdrantExport: ExportFormat = {
  name: 'qdrant',
  async write({ model: { recommender, items } }, folder) {
    const target = join(folder, 'qdrant');
    await mkdir(target);
    const { dimension, tables } = recommender;
    const collection = { vectors: { size: dimension, distance: 'Dot' } };
    await writeFile(join(target, 'collection.json'), `${JSON.stringify(collection)}\n`);
    const points = Array.from(rowsOf(tables.items, dimension), (row, id) => ({ id, row }));
    for (let start = 0, file = 0; start < points.length; start += POINTS_PER_FILE, file++) {
      const body = {
        points: points.slice(start, start + POINTS_PER_FILE).map(({ id, row }) => ({
          id,
          vector: Array.from(row, shortFloat),
          payload: { item_id: items.idOf(id) },
        })),
      };
      await writeFile(join(target, `points-${String(file).padStart(5, '0')}.json`), `${JSON.stringify(body)}\n`);
    }
  },
};
