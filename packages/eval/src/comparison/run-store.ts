import { access, constants, mkdir, readdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Backbone, ObservedSet } from '@balanced-rec/ckd-core/backbone';
import { checkpointDamage, identityOfCheckpoint, saveCheckpoint } from '@balanced-rec/ckd-core/node';
import { BalancedRecError } from '@balanced-rec/errors';
import {
  type DamageListener,
  FileLock,
  makeFolderWithin,
  openSealedJson,
  removeLeftovers,
  sealJson,
  setAside,
  storageError,
  writeFileAtomically,
} from '@balanced-rec/files';
import type { RunRecord } from '../report/run-record.js';
import type { CheckpointIdentity, RunIdentity } from '../runs/run-identity.js';
import type { SearchRecord } from '../search/search.js';
import type { TrialRecord } from '../search/trial.js';
import { formatRecord } from './format-record.js';
import type { PlannedRun } from './plan.js';

/**
 * A comparison's output folder: `runs/<id>.json`, one record per finished run; `models/<id>/`, its checkpoint; `teachers/`,
 * their embeddings; `neighbours/`, the item graphs of the features; `progress/`, the states of runs that are not finished; `search/`, one record per trial of a search.
 * Every file appears whole or not at all, and has its SHA-256 in it or beside it, so what is there can be trusted after a crash, and
 * damage is told from it. Whoever writes holds the folder's lock.
 */
export class RunStore {
  readonly folder: string;
  #held: FileLock | undefined;

  constructor(folder: string) {
    this.folder = folder;
  }

  get teachers(): string {
    return join(this.folder, 'teachers');
  }

  get neighbours(): string {
    return join(this.folder, 'neighbours');
  }

  modelFolder(id: string): string {
    return join(this.folder, 'models', id);
  }

  /** The state of a run in progress, while there is one. */
  progressFile(id: string): string {
    return join(this.folder, 'progress', `${id}.safetensors`);
  }

  /** What a run in progress was begun with; undefined where none is. */
  async identityOfBegun(id: string): Promise<RunIdentity | undefined> {
    const identity = (await identityOfCheckpoint(this.progressFile(id))) as CheckpointIdentity | undefined;
    return identity?.run;
  }

  /** Saves the model first, if it is one that was trained: a record says that everything of its run is there. */
  async save(record: RunRecord, backbone: Backbone, observed: ObservedSet): Promise<void> {
    const { id, seed, dataset, result, versions, variant } = record;
    const { bestEpoch, validation, test, stoppedBy } = result;
    if (stoppedBy !== 'untrained') {
      const about = { variant, versions, bestEpoch, validation, test };
      await saveCheckpoint(this.modelFolder(id), backbone, { observed, seed, dataHash: dataset.hash, about });
    }
    await writeFileAtomically(this.#recordPath(id), sealJson(formatRecord(record)));
    await rm(this.progressFile(id), { force: true });
  }

  /**
   * The record of a run, if it is finished.
   * @throws BalancedRecError `comparison/damaged-record`, `comparison/other-format`, `comparison/unusable-folder`
   */
  find(id: string): Promise<RunRecord | undefined> {
    return this.#read<RunRecord>(this.#recordPath(id), id, 2);
  }

  /** The record of a trial of a search, if it is finished. @throws as {@link find} */
  findTrial(id: string): Promise<TrialRecord | undefined> {
    return this.#read<TrialRecord>(this.#trialPath(id), id, 1);
  }

  /**
   * The record of a run, if it is finished and whole. What is damaged of it, record or model, is set aside, so that it counts as not done.
   * @throws BalancedRecError `comparison/other-format`, `comparison/unusable-folder`; `files/...` where it cannot be set aside
   */
  async findWhole(id: string, onDamage: DamageListener): Promise<RunRecord | undefined> {
    const record = await orSetAside(this.find(id), this.#recordPath(id), onDamage);
    const found = record && (await checkpointDamage(this.modelFolder(id)));
    if (found === undefined) return record;
    onDamage(setAside(this.modelFolder(id), found));
    // It would say that everything of its run is there.
    setAside(this.#recordPath(id), found);
    return undefined;
  }

  /** As {@link findWhole}, of a trial. */
  findWholeTrial(id: string, onDamage: DamageListener): Promise<TrialRecord | undefined> {
    return orSetAside(this.findTrial(id), this.#trialPath(id), onDamage);
  }

  async saveTrial(record: TrialRecord): Promise<void> {
    makeFolderWithin(join(this.folder, 'search'));
    await writeFileAtomically(this.#trialPath(record.id), sealJson(`${JSON.stringify(record, null, 1)}\n`));
    await rm(this.progressFile(record.id), { force: true });
  }

  /** Keeps what a search tried and chose, as `search.json`. */
  async saveSearch(record: SearchRecord): Promise<void> {
    await writeFileAtomically(this.#searchPath, sealJson(`${JSON.stringify(record, null, 1)}\n`));
  }

  /** What the comparison's search tried and chose, if it had one. @throws BalancedRecError `comparison/damaged-record` */
  async findSearch(): Promise<SearchRecord | undefined> {
    const bytes = await readFile(this.#searchPath).catch(() => undefined);
    return bytes && (parseRecord(bytes, this.#searchPath) as SearchRecord);
  }

  async #read<Kept extends { readonly format: number; readonly id: string }>(
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
      throw code === 'ENOTDIR' ? this.#unusable(error) : damaged(path, String(error), error);
    }
    const record = parseRecord(bytes, path) as Kept | null;
    if (record?.format === format && record.id === id) return record;
    if (record?.id === id) throw otherFormat(path, format, record.format);
    throw damaged(path, 'other JSON');
  }

  /** The records of the planned runs that are finished, in the plan's order. */
  async finished(runs: readonly PlannedRun[]): Promise<RunRecord[]> {
    const records = await Promise.all(runs.map(({ id }) => this.find(id)));
    return records.filter((record) => record !== undefined);
  }

  /**
   * Makes sure that no run was finished or begun here.
   * @throws BalancedRecError `comparison/folder-in-use`
   */
  async expectEmpty(): Promise<void> {
    for (const part of ['runs', 'progress', 'search']) {
      const [name] = await readdir(join(this.folder, part)).catch(() => []);
      if (name !== undefined) throw folderInUse(this.folder, `${part}/${name}`);
    }
  }

  /**
   * Makes the folder, keeps every other process from it while `use` runs, and clears it of what writers left that were killed.
   * @throws BalancedRecError `comparison/unusable-folder`, `files/in-use`, `files/no-space`; what `use` throws
   */
  async hold<T>(use: () => Promise<T>): Promise<T> {
    const lock = await this.#lock();
    this.#held = lock;
    try {
      for (const folder of [
        this.folder,
        join(this.folder, 'runs'),
        join(this.folder, 'models'),
        join(this.folder, 'progress'),
        join(this.folder, 'search'),
        this.teachers,
        this.neighbours,
      ])
        await removeLeftovers(folder);
      return await use();
    } finally {
      this.#held = undefined;
      await lock.release();
    }
  }

  /** Whether the folder that is held is still where it was. */
  async isInPlace(): Promise<boolean> {
    return this.#held !== undefined && (await this.#held.isInPlace());
  }

  /** The error of a folder that was there and is no longer. */
  gone(): BalancedRecError {
    return new BalancedRecError({
      code: 'files/gone',
      message: 'the output folder has vanished, or another is in its place',
      place: this.folder,
      expected: 'the folder that was there when the command began',
      found: 'not that folder',
      remedy: 'see whether it was moved or its disk taken away, and give the same command again',
    });
  }

  async #lock(): Promise<FileLock> {
    const runs = join(this.folder, 'runs');
    try {
      await mkdir(runs, { recursive: true });
      await access(runs, constants.W_OK);
      return await FileLock.acquire(join(this.folder, '.lock'), this.folder);
    } catch (error) {
      const known = storageError(error, this.folder, this.folder);
      const isTold = known instanceof BalancedRecError && ['files/in-use', 'files/no-space'].includes(known.code);
      throw isTold ? known : this.#unusable(error);
    }
  }

  get #searchPath(): string {
    return join(this.folder, 'search.json');
  }

  #trialPath(id: string): string {
    return join(this.folder, 'search', `${id}.json`);
  }

  #recordPath(id: string): string {
    return join(this.folder, 'runs', `${id}.json`);
  }

  #unusable(cause: unknown): BalancedRecError {
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

async function orSetAside<Kept>(
  reading: Promise<Kept | undefined>,
  path: string,
  onDamage: DamageListener,
): Promise<Kept | undefined> {
  try {
    return await reading;
  } catch (error) {
    if (!(error instanceof BalancedRecError) || error.code !== 'comparison/damaged-record') throw error;
    onDamage(setAside(path, error.details.found!));
    return undefined;
  }
}

/** Records of before there were seals are not checked. @throws BalancedRecError `comparison/damaged-record` */
function parseRecord(bytes: Uint8Array, path: string): unknown {
  const text = openSealedJson(bytes, 'format');
  if (text === undefined) throw damaged(path, 'other bytes than were written, by their SHA-256');
  try {
    return JSON.parse(text);
  } catch (error) {
    throw damaged(path, String(error), error);
  }
}

function damaged(place: string, found: string, cause?: unknown): BalancedRecError {
  return new BalancedRecError({
    code: 'comparison/damaged-record',
    message: 'a finished run cannot be read',
    place,
    expected: 'the JSON of a run record',
    found,
    remedy: 'give the command of the comparison again: it sets the file aside and repeats the run',
    cause,
  });
}

function otherFormat(place: string, expected: number, found: unknown): BalancedRecError {
  return new BalancedRecError({
    code: 'comparison/other-format',
    message: 'a finished run was written by another version of balanced-rec',
    place,
    expected: `a record of format ${expected}`,
    found: `format ${found}`,
    remedy: 'use the version that wrote it, or delete the file to have the run repeated',
  });
}

function folderInUse(place: string, found: string): BalancedRecError {
  return new BalancedRecError({
    code: 'comparison/folder-in-use',
    message: 'the output folder holds runs already',
    place,
    expected: 'no runs, because of --no-resume',
    found,
    remedy: 'name another --out folder, or go on with this one with --resume',
  });
}
