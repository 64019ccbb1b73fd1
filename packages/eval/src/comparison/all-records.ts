import { access, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { BalancedRecError } from '@balanced-rec/errors';
import type { RunRecord } from '../report/run-record.js';
import type { RunStore } from './run-store.js';

/**
 * The records of all runs that are finished in a folder, by id.
 * @throws BalancedRecError `comparison/no-runs`, `comparison/damaged-record`
 */
export async function allRecords(store: RunStore): Promise<RunRecord[]> {
  let names: string[];
  try {
    names = await readdir(join(store.folder, 'runs'));
  } catch (error) {
    throw await noRuns(store.folder, error);
  }
  const ids = names.filter((name) => name.endsWith('.json')).map((name) => name.slice(0, -'.json'.length));
  if (ids.length === 0) throw await noRuns(store.folder);
  const records = await Promise.all(ids.sort().map((id) => store.find(id)));
  return records.filter((record) => record !== undefined);
}

async function noRuns(folder: string, cause?: unknown): Promise<BalancedRecError> {
  const exists = await access(folder).then(
    () => true,
    () => false,
  );
  return new BalancedRecError({
    code: 'comparison/no-runs',
    message: exists ? 'no run has finished in this folder' : 'there is no such folder',
    place: folder,
    expected: 'the output folder of a comparison, with runs/<id>.json',
    found: exists ? 'none of these' : 'nothing',
    remedy: 'name the --out folder of `balanced-rec compare`, or run it first',
    cause,
  });
}
