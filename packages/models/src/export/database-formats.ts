import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { shortFloat } from '../recommend/recommend-users.js';
import { type Exported, type ExportFormat, rowsOf, SIDES, type Side, sideOf } from './export-format.js';

/** How many users or items are written at a time. */
const LINES_PER_PIECE = 1000;

/**
 * For PostgreSQL with pgvector: `pgvector/schema.sql`, the tables' rows as text for COPY, `load.sql` for psql, and `top.sql`, the query
 * for a user's list.
 */
export const pgvectorExport: ExportFormat = {
  name: 'pgvector',
  async write(exported, folder) {
    const target = join(folder, 'pgvector');
    await mkdir(target);
    await writeFile(join(target, 'schema.sql'), schema(exported.model.recommender.dimension));
    await writeFile(join(target, 'load.sql'), LOAD);
    await writeFile(join(target, 'top.sql'), TOP);
    for (const side of SIDES) await writeFile(join(target, `${side}s.copy`), tableOf(exported, side));
    await writeFile(join(target, 'seen.copy'), seen(exported));
  },
};

const schema = (dimension: number) => `CREATE EXTENSION IF NOT EXISTS vector;
CREATE TABLE rec_users (id integer PRIMARY KEY, user_id text NOT NULL UNIQUE, trained boolean NOT NULL, embedding vector(${dimension}) NOT NULL);
CREATE TABLE rec_items (id integer PRIMARY KEY, item_id text NOT NULL UNIQUE, embedding vector(${dimension}) NOT NULL);
CREATE TABLE rec_seen (user_id integer NOT NULL REFERENCES rec_users, item_id integer NOT NULL REFERENCES rec_items, PRIMARY KEY (user_id, item_id));
`;

const LOAD = `\\set ON_ERROR_STOP on
BEGIN;
\\i schema.sql
\\copy rec_users FROM 'users.copy'
\\copy rec_items FROM 'items.copy'
\\copy rec_seen FROM 'seen.copy'
COMMIT;
ANALYZE rec_users, rec_items, rec_seen;
-- Exact search needs no index. For approximate search among many items, if pgvector is 0.5 or newer:
-- CREATE INDEX ON rec_items USING hnsw (embedding vector_ip_ops);
`;

const TOP = `-- The first $2 items for the user whose original id is $1. <#> is the negative inner product, so the smallest comes first.
-- A user without training interactions has a meaningless row and gets no list here.
SELECT items.item_id, -(items.embedding <#> users.embedding) AS score
FROM rec_users users CROSS JOIN rec_items items
WHERE users.user_id = $1 AND users.trained
  AND NOT EXISTS (SELECT FROM rec_seen seen WHERE seen.user_id = users.id AND seen.item_id = items.id)
ORDER BY items.embedding <#> users.embedding, items.id
LIMIT $2;
`;

function* tableOf({ model }: Exported, side: Side): Generator<string, void, undefined> {
  const { ids, values } = sideOf(model, side);
  let lines: string[] = [];
  let number = 0;
  for (const row of rowsOf(values, model.recommender.dimension)) {
    const trained = side === 'user' ? [model.recommender.isTrained(number) ? 't' : 'f'] : [];
    const vector = `[${Array.from(row, shortFloat).join(',')}]`;
    lines.push(`${[number, copyField(ids.idOf(number)), ...trained, vector].join('\t')}\n`);
    number += 1;
    if (lines.length < LINES_PER_PIECE) continue;
    yield lines.join('');
    lines = [];
  }
  yield lines.join('');
}

function* seen({ model }: Exported): Generator<string, void, undefined> {
  for (let user = 0; user < model.users.count; user++)
    // A pair is in two splits if the dataset leaks.
    yield [...new Set(model.recommender.seenBy(user))].map((item) => `${user}\t${item}\n`).join('');
}

/** Escapes a field for COPY's text format. */
function copyField(value: string | number): string {
  const escapes: Record<string, string> = { '\\': '\\\\', '\t': '\\t', '\n': '\\n', '\r': '\\r' };
  return String(value).replace(/[\\\t\n\r]/g, (character) => escapes[character]!);
}

/** A request with this many points stays well below Qdrant's limit of 32 MB for up to a few thousand dimensions. */
const POINTS_PER_FILE = 500;

/** Request bodies for Qdrant's REST API: `qdrant/collection.json`, and the items as `points-00000.json`, ... */
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
