import { access, constants, mkdir, readdir, rm } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { checkpointDamage, identityOfCheckpoint, saveCheckpoint } from '@balanced-rec/ckd-core/node';
import { BalancedRecError } from '@balanced-rec/errors';
import {
  type DamageListener,
  FileLock,
  makeFolderWithin,
  removeLeftovers,
  sealJson,
  setAside,
  storageError,
  writeFileAtomically,
} from '@balanced-rec/files';
import { type RecommenderRequest, recommenderOf } from '@balanced-rec/models';
import { RecordFolder, type RunRecord, type SearchRecord, sealRecord } from '@balanced-rec/report';
import type { PlannedRun, TrialRecord } from '../plan/plan.js';
import type { CheckpointIdentity, RunIdentity } from '../plan/run-identity.js';

/** A finished run: its record, its model, and what to keep of the model. */
export interface RunToSave extends RecommenderRequest {
  readonly record: RunRecord;
}

/**
 * A comparison's output folder: `runs/<id>.json`, one record per finished run; `models/<id>/`, its model; `teachers/`, the teachers'
 * embeddings; `neighbours/`, the item graphs of the features; `progress/`, the states of unfinished runs; `search/`, one record per trial
 * of a search. Every file appears completely or not at all, and has its SHA-256 in it or next to it, so files can be trusted after a crash
 * and damage is detected. A writer holds the folder's lock.
 */
export class RunStore extends RecordFolder {
  #held: FileLock | undefined;

  get teachers(): string {
    return join(this.folder, 'teachers');
  }

  get neighbours(): string {
    return join(this.folder, 'neighbours');
  }

  modelFolder(id: string): string {
    return join(this.folder, 'models', id);
  }

  /** The file with the state of a run in progress. */
  progressFile(id: string): string {
    return join(this.folder, 'progress', `${id}.safetensors`);
  }

  /** The file with the record of a finished trial. */
  trialFile(id: string): string {
    return join(this.folder, 'search', `${id}.json`);
  }

  /** A file's name within this folder, with slashes on every system: `runs/<id>.json`. */
  nameOf(file: string): string {
    return relative(this.folder, file).replaceAll('\\', '/');
  }

  /** Removes the results of a run or a trial, but not its state. */
  async forget(id: string): Promise<void> {
    for (const path of [this.recordFile(id), this.trialFile(id), this.modelFolder(id)])
      await rm(path, { recursive: true, force: true });
  }

  /** The identity of a run in progress; undefined if there is none. */
  async identityOfBegun(id: string): Promise<RunIdentity | undefined> {
    const identity = (await identityOfCheckpoint(this.progressFile(id))) as CheckpointIdentity | undefined;
    return identity?.run;
  }

  /** Saves the model first, if it was trained, since the record marks the run as complete. */
  async save({ record, ...model }: RunToSave): Promise<void> {
    const { id, seed, dataset, result, versions, variant } = record;
    const { bestEpoch, validation, test, stoppedBy } = result;
    if (stoppedBy !== 'untrained') {
      const about = { variant, versions, bestEpoch, validation, test };
      const { backbone, observed } = model;
      const manifest = { observed, seed, dataHash: dataset.hash, about };
      await saveCheckpoint(this.modelFolder(id), backbone, manifest, await recommenderOf(model));
    }
    await writeFileAtomically(this.recordFile(id), sealRecord(record));
    await rm(this.progressFile(id), { force: true });
  }

  /** The record of a trial of a search, if it is finished. Throws what `find` throws. */
  findTrial(id: string): Promise<TrialRecord | undefined> {
    return this.read<TrialRecord>(this.trialFile(id), id, 1);
  }

  /**
   * The record of a run, if it is finished and undamaged. A damaged record or model is set aside, so that the run counts as unfinished.
   * @throws BalancedRecError `comparison/other-format`, `comparison/unusable-folder`; `files/...` if it cannot be set aside
   */
  async findWhole(id: string, onDamage: DamageListener): Promise<RunRecord | undefined> {
    const record = await orSetAside(this.find(id), this.recordFile(id), onDamage);
    const found = record && (await checkpointDamage(this.modelFolder(id)));
    if (found === undefined) return record;
    onDamage(setAside(this.modelFolder(id), found));
    // The record would mark the run as complete.
    setAside(this.recordFile(id), found);
    return undefined;
  }

  /** Like {@link findWhole}, for a trial. */
  findWholeTrial(id: string, onDamage: DamageListener): Promise<TrialRecord | undefined> {
    return orSetAside(this.findTrial(id), this.trialFile(id), onDamage);
  }

  async saveTrial(record: TrialRecord): Promise<void> {
    makeFolderWithin(join(this.folder, 'search'));
    await writeFileAtomically(this.trialFile(record.id), sealJson(`${JSON.stringify(record, null, 1)}\n`));
    await rm(this.progressFile(record.id), { force: true });
  }

  /** Saves what a search tried and chose as `search.json`. */
  async saveSearch(record: SearchRecord): Promise<void> {
    await writeFileAtomically(this.searchFile, sealJson(`${JSON.stringify(record, null, 1)}\n`));
  }

  /** The records of the planned runs that are finished, in the plan's order. */
  async finished(runs: readonly PlannedRun[]): Promise<RunRecord[]> {
    const records = await Promise.all(runs.map(({ id }) => this.find(id)));
    return records.filter((record) => record !== undefined);
  }

  /**
   * Makes sure that no run was finished or started here.
   * @throws BalancedRecError `comparison/folder-in-use`
   */
  async expectEmpty(): Promise<void> {
    for (const part of ['runs', 'progress', 'search']) {
      const [name] = await readdir(join(this.folder, part)).catch(() => []);
      if (name !== undefined) throw folderInUse(this.folder, `${part}/${name}`);
    }
  }

  /**
   * Makes the folder, locks out every other process while `use` runs, and removes what killed writers left behind.
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

  /** Whether the locked folder is still in its place. */
  async isInPlace(): Promise<boolean> {
    return this.#held !== undefined && (await this.#held.isInPlace());
  }

  /** The error for a folder that has vanished. */
  gone(): BalancedRecError {
    return new BalancedRecError({
      code: 'files/gone',
      message: 'the output folder has vanished, or another is in its place',
      place: this.folder,
      expected: 'the folder that was there when the command started',
      found: 'not that folder',
      remedy: 'check whether it was moved or its disk removed, and run the same command again',
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
      throw isTold ? known : this.unusable(error);
    }
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

function folderInUse(place: string, found: string): BalancedRecError {
  return new BalancedRecError({
    code: 'comparison/folder-in-use',
    message: 'the output folder already holds runs',
    place,
    expected: 'no runs, because of --no-resume',
    found,
    remedy: 'name another --out folder, or resume this one with --resume',
  });
}
