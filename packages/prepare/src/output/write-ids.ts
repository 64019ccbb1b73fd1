import { join } from 'node:path';
import { literal } from '../duckdb/sql-text.js';
import type { Workspace } from '../duckdb/workspace.js';

/** Writes `users.tsv` and `items.tsv`: the number of each, and its id as the log has it, quoted where it needs to be. */
export async function writeIds(workspace: Workspace, folder: string): Promise<void> {
  for (const role of ['user', 'item']) {
    const file = join(folder, `${role}s.tsv`);
    await workspace.run(
      `COPY (SELECT final AS id, id AS ${role}_id FROM final_${role}s ORDER BY final)
       TO ${literal(file)} (FORMAT csv, DELIMITER '\t', HEADER true, QUOTE '"', ESCAPE '"')`,
      file,
    );
  }
}
