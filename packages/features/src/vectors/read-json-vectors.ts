import { quote } from '@balanced-rec/datasets';
import { type ItemRecord, itemId } from '../items/item-record.js';
import { readJson, readJsonLines, readWholeJson } from '../items/read-json.js';
import type { VectorSink } from './collect-vectors.js';
import { type VectorColumns, vectorColumns } from './vector-columns.js';

/** Reads JSONL: one `{ "id": ..., "vector": [...] }` per line. */
export async function readJsonlVectors(file: string, columns: VectorColumns, sink: VectorSink): Promise<void> {
  await addRecords(readJsonLines(file), columns, sink);
}

/** Reads JSON: an array of the same objects, or a single object of vectors by id. */
export async function readJsonVectors(file: string, columns: VectorColumns, sink: VectorSink): Promise<void> {
  const value = await readWholeJson(file);
  if (value === null || typeof value !== 'object' || Array.isArray(value)) {
    return addRecords(readJson(file), columns, sink);
  }
  for (const [id, vector] of Object.entries(value)) sink.add(id, vector, `${file}: ${quote(id)}`);
}

async function addRecords(
  records: AsyncGenerator<ItemRecord>,
  columns: VectorColumns,
  sink: VectorSink,
): Promise<void> {
  for await (const { fields, place } of records) {
    const { id, vector } = vectorColumns(columns, Object.keys(fields), place);
    sink.add(itemId(fields[id], `${place} (${id})`), fields[vector], place);
  }
}
