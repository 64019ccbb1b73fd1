import type { Workspace } from '../duckdb/workspace.js';

/** Makes the tables `final_users` and `final_items`: the ids that are left, numbered from 0 without gaps, in the same order. */
export async function numberAnew(workspace: Workspace): Promise<void> {
  for (const role of ['user', 'item']) {
    await workspace.run(
      `CREATE TABLE final_${role}s AS
       SELECT id, number, (row_number() OVER (ORDER BY number) - 1)::INTEGER AS final
       FROM ${role}s WHERE number IN (SELECT "${role}" FROM interactions)`,
      `numbering ${role}s`,
    );
  }
}
