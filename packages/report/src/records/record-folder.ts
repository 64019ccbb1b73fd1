import { access, readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { BalancedRecError } from '@balanced-rec/errors';
import { damagedRecord, parseRecord, readRecord } from './record-file.js';
import type { RunRecord } from './run-record.js';
import type { SearchRecord } from './search-record.js';

/** The records in a comparison's output folder: `runs/<id>.json`, one for each finished run, and `search.json`. */
export class RecordFolder {
  readonly folder: string;

  constructor(folder: string) {
    this.folder = folder;
  }

  /** Where the record of a run is, once the run is finished. */
  recordFile(id: string): string {
    return join(this.folder, 'runs', `${id}.json`);
  }

  /** Where the record of a comparison's search is. */
  get searchFile(): string {
    return join(this.folder, 'search.json');
  }

  /**
   * The record of a run, if it is finished.
   * @throws BalancedRecError `comparison/damaged-record`, `comparison/other-format`, `comparison/unusable-folder`
   */
  find(id: string): Promise<RunRecord | undefined> {
    return this.read<RunRecord>(this.recordFile(id), id, 2);
  }

  /**
   * The records of all finished runs, by id.
   * @throws BalancedRecError `comparison/no-runs`, and what {@link find} throws
   */
  async all(): Promise<RunRecord[]> {
    let names: string[];
    try {
      names = await readdir(join(this.folder, 'runs'));
    } catch (error) {
      throw await noRuns(this.folder, error);
    }
    const ids = names.filter((name) => name.endsWith('.json')).map((name) => name.slice(0, -'.json'.length));
    if (ids.length === 0) throw await noRuns(this.folder);
    const records = await Promise.all(ids.sort().map((id) => this.find(id)));
    return records.filter((record) => record !== undefined);
  }

  /** What the comparison's search tried and chose, if it had one. @throws BalancedRecError `comparison/damaged-record` */
  async findSearch(): Promise<SearchRecord | undefined> {
    const bytes = await readFile(this.searchFile).catch(() => undefined);
    return bytes && (parseRecord(bytes, this.searchFile) as SearchRecord);
  }

  /** The record in a file of this folder, if there is one. @throws as {@link find} */
  protected async read<Kept extends { readonly format: number; readonly id: string }>(
    path: string,
    id: string,
    format: Kept['format'],
  ): Promise<Kept | undefined> {
    let bytes: Buffer;
    try {
      bytes = await readFile(path);
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      if (code === 'ENOENT') return undefined;
      throw code === 'ENOTDIR' ? this.unusable(error) : damagedRecord(path, String(error), error);
    }
    return readRecord<Kept>(bytes, path, id, format);
  }

  /** The error of a folder that cannot be read or written. */
  protected unusable(cause: unknown): BalancedRecError {
    return new BalancedRecError({
      code: 'comparison/unusable-folder',
      message: 'the output folder cannot be used',
      place: this.folder,
      expected: 'a folder that can be written to, or none yet',
      found: String(cause),
      remedy: 'name another --out folder',
      cause,
    });
  }
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
