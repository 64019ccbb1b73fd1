import { join } from 'node:path';
import { idTableOf } from '@balanced-rec/datasets';
import { literal } from '../duckdb/sql-text.js';
import type { Workspace } from '../duckdb/workspace.js';

/**
 * Writes `users.tsv` and `items.tsv`: the number of each, and its id as the log has it, quoted where it needs to be. DuckDB writes
 * them, as `writeIdTable` does: the ids of a large log need not fit into memory.
 */
export async function writeIds(workspace: Workspace, folder: string): Promise<void> {
  for (const role of ['user', 'item'] as const) {
    const table = idTableOf(role);
    const file = join(folder, table.file);
    await workspace.run(
      `COPY (SELECT final AS ${table.number}, id AS ${table.original} FROM final_${role}s ORDER BY final)
       TO ${literal(file)} (FORMAT csv, DELIMITER '\t', HEADER true, QUOTE '"', ESCAPE '"')`,
      file,
    );
  }
}
