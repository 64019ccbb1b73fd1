import { access, readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { BalancedRecError } from '@balanced-rec/errors';
import { damagedRecord, parseRecord, readRecord } from './record-file.js';
import type { RunRecord } from './run-record.js';
import type { SearchRecord } from './search-record.js';

/** Reads the records in a comparison's output folder: `runs/<id>.json` for each finished run, and `search.json`. */
export class RecordFolder {
  /** The path of the output folder. */
  readonly folder: string;

  constructor(folder: string) {
    this.folder = folder;
  }

  /** The path of a run's record. The file exists once the run is finished. */
  recordFile(id: string): string {
    return join(this.folder, 'runs', `${id}.json`);
  }

  /** The path of the record of the comparison's search. */
  get searchFile(): string {
    return join(this.folder, 'search.json');
  }

  /**
   * Reads the record of a run; undefined if the run is not finished.
   * @throws BalancedRecError `comparison/damaged-record`, `comparison/other-format`, `comparison/unusable-folder`
   */
  find(id: string): Promise<RunRecord | undefined> {
    return this.read<RunRecord>(this.recordFile(id), id, 2);
  }

  /**
   * Reads the records of all finished runs, sorted by id.
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

  /**
   * Reads what the comparison's search tried and chose; undefined if there was no search.
   * @throws BalancedRecError `comparison/damaged-record`
   */
  async findSearch(): Promise<SearchRecord | undefined> {
    const bytes = await readFile(this.searchFile).catch(() => undefined);
    return bytes && (parseRecord(bytes, this.searchFile) as SearchRecord);
  }

  /** Reads the record in a file of this folder; undefined if there is no such file. Throws what {@link find} throws. */
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

  /** The error for a folder that cannot be read or written. */
  protected unusable(cause: unknown): BalancedRecError {
    return new BalancedRecError({
      code: 'comparison/unusable-folder',
      message: 'the output folder cannot be used',
      place: this.folder,
      expected: 'a writable folder, or one that does not exist yet',
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
