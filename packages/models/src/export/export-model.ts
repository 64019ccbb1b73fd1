import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Ids } from '@balanced-rec/ckd-core';
import { writeFolder, writeIdTable } from '@balanced-rec/datasets';
import type { OpenModel } from '../open/open-model.js';
import { npyExport, parquetExport, safetensorsExport } from './array-formats.js';
import { browserExport } from './browser-format.js';
import { pgvectorExport, qdrantExport } from './database-formats.js';
import type { Exported, ExportFormat } from './export-format.js';

/** The formats of `balanced-rec export`. */
export const EXPORT_FORMATS: readonly ExportFormat[] = [
  npyExport,
  parquetExport,
  safetensorsExport,
  pgvectorExport,
  qdrantExport,
  browserExport,
];

/** How many users' lists are computed at a time. */
const USERS_PER_BLOCK = 1024;

/**
 * Writes a model's tables, ids and lists into a folder, which appears completely or not at all.
 *
 * @throws BalancedRecError `dataset/folder-exists`, `export/needs-data`
 */
export async function exportModel(
  model: OpenModel,
  folder: string,
  options: { readonly k: number; readonly formats: readonly ExportFormat[]; readonly overwrite?: boolean | undefined },
): Promise<void> {
  const { k, formats, overwrite = false } = options;
  await writeFolder(
    folder,
    async (partial) => {
      const exported = withLists(model, Math.min(k, model.recommender.itemCount));
      await writeIdTable(partial, 'user', inOrder(model.users));
      await writeIdTable(partial, 'item', inOrder(model.items));
      for (const format of formats) await format.write(exported, partial);
      await writeFile(join(partial, 'export.json'), `${JSON.stringify(describe(exported), null, 2)}\n`);
    },
    { overwrite },
  );
}

function* inOrder(ids: Ids): Generator<string | number> {
  for (let number = 0; number < ids.count; number++) yield ids.idOf(number);
}

function withLists(model: OpenModel, k: number): Exported {
  const { recommender } = model;
  const topItems = new Int32Array(recommender.userCount * k).fill(-1);
  const topScores = new Float32Array(recommender.userCount * k).fill(Number.NEGATIVE_INFINITY);
  const bases: Exported['bases'][number][] = [];
  for (let start = 0; start < recommender.userCount; start += USERS_PER_BLOCK) {
    const length = Math.min(USERS_PER_BLOCK, recommender.userCount - start);
    const block = Array.from({ length }, (_, index) => start + index);
    for (const [index, { basis, items, scores }] of recommender.forUsers(block, { k }).entries()) {
      topItems.set(items, (start + index) * k);
      topScores.set(scores, (start + index) * k);
      bases.push(basis);
    }
  }
  return { model, k, topItems, topScores, bases };
}

function describe({ model, k }: Exported) {
  const { manifest, observed, seen, recommender, users, items } = model;
  return {
    format: 1,
    backbone: manifest.backbone,
    modalities: manifest.modalities,
    observed,
    dataHash: manifest.dataHash,
    users: recommender.userCount,
    items: recommender.itemCount,
    dimension: recommender.dimension,
    score: 'dot product',
    originalIds: { users: users.areOriginal, items: items.areOriginal },
    lists: { k, seen },
  };
}
