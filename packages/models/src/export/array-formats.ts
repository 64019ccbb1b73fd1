import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { safetensorsChunks } from '@balanced-rec/ckd-core/format';
import { encodeNpy } from '@balanced-rec/datasets';
import { type Exported, type ExportFormat, rowsOf, SIDES, type Side, sideOf } from './export-format.js';

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

/** Limits how many rows are held in memory as text. */
const ROWS_PER_GROUP = 50_000;

/** `users.parquet` and `items.parquet` (`id`, the original id, `embedding`), `top.parquet` (`user`, `rank`, `item`, `score`, `basis`). */
export const parquetExport: ExportFormat = {
  name: 'parquet',
  async write(exported, folder) {
    for (const side of SIDES) await writeEmbeddings(exported, side, join(folder, `${side}s.parquet`));
    await writeLists(exported, join(folder, 'top.parquet'));
  },
};

/** Imported on use: loading it takes a tenth of every command's start. */
const parquetWriter = () => import('hyparquet-writer');

async function writeEmbeddings({ model }: Exported, side: Side, filename: string): Promise<void> {
  const { ids, values } = sideOf(model, side);
  const originals = Array.from({ length: ids.count }, (_, number) => String(ids.idOf(number)));
  const embedding = Array.from(rowsOf(values, model.recommender.dimension), (row) => Array.from(row));
  const { parquetWriteFile } = await parquetWriter();
  await parquetWriteFile({
    filename,
    rowGroupSize: ROWS_PER_GROUP,
    columnData: [
      { name: 'id', data: Int32Array.from(originals.keys()) },
      { name: `${side}_id`, data: originals },
      { name: 'embedding', data: embedding },
    ],
    schema: [
      { name: 'root', num_children: 3 },
      { name: 'id', type: 'INT32', repetition_type: 'REQUIRED' },
      { name: `${side}_id`, type: 'BYTE_ARRAY', converted_type: 'UTF8', repetition_type: 'REQUIRED' },
      { name: 'embedding', repetition_type: 'REQUIRED', num_children: 1, converted_type: 'LIST' },
      { name: 'list', repetition_type: 'REPEATED', num_children: 1 },
      { name: 'element', type: 'FLOAT', repetition_type: 'REQUIRED' },
    ],
  });
}

async function writeLists({ k, topItems, topScores, bases }: Exported, filename: string): Promise<void> {
  const places = [...topItems.keys()].filter((place) => topItems[place]! >= 0);
  const { parquetWriteFile } = await parquetWriter();
  await parquetWriteFile({
    filename,
    rowGroupSize: ROWS_PER_GROUP,
    columnData: [
      { name: 'user', data: Int32Array.from(places, (place) => Math.floor(place / k)), type: 'INT32', nullable: false },
      { name: 'rank', data: Int32Array.from(places, (place) => (place % k) + 1), type: 'INT32', nullable: false },
      { name: 'item', data: Int32Array.from(places, (place) => topItems[place]!), type: 'INT32', nullable: false },
      { name: 'score', data: Float32Array.from(places, (place) => topScores[place]!), type: 'FLOAT', nullable: false },
      { name: 'basis', data: places.map((place) => bases[Math.floor(place / k)]!), type: 'STRING', nullable: false },
    ],
  });
}
