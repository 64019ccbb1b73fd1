import { access, constants, mkdir, readdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Backbone, ObservedSet } from '@balanced-rec/ckd-core';
import { identityOfCheckpoint, saveCheckpoint, writeFileAtomically } from '@balanced-rec/ckd-core/node';
import { BalancedRecError } from '@balanced-rec/errors';
import type { RunRecord } from '../report/run-record.js';
import type { CheckpointIdentity, RunIdentity } from '../runs/run-identity.js';
import type { SearchRecord } from '../search/search.js';
import type { TrialRecord } from '../search/trial.js';
import { formatRecord } from './format-record.js';
import type { PlannedRun } from './plan.js';
import { removeLeftovers } from './remove-leftovers.js';

/**
 * A comparison's output folder: `runs/<id>.json`, one record per finished run; `models/<id>/`, its checkpoint; `teachers/`,
 * their embeddings; `neighbours/`, the item graphs of the features; `progress/`, the states of runs that are not finished; `search/`, one record per trial of a search.
 * Every file appears whole or not at all, so what is there can be trusted after a crash.
 */
export class RunStore {
  readonly folder: string;

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
    await writeFileAtomically(this.#recordPath(id), formatRecord(record));
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

  async saveTrial(record: TrialRecord): Promise<void> {
    await writeFileAtomically(this.#trialPath(record.id), `${JSON.stringify(record, null, 1)}\n`);
    await rm(this.progressFile(record.id), { force: true });
  }

  /** Keeps what a search tried and chose, as `search.json`. */
  async saveSearch(record: SearchRecord): Promise<void> {
    await writeFileAtomically(join(this.folder, 'search.json'), `${JSON.stringify(record, null, 1)}\n`);
  }

  /** What the comparison's search tried and chose, if it had one. */
  async findSearch(): Promise<SearchRecord | undefined> {
    const text = await readFile(join(this.folder, 'search.json'), 'utf8').catch(() => undefined);
    return text === undefined ? undefined : JSON.parse(text);
  }

  async #read<Kept extends { readonly format: number; readonly id: string }>(
    path: string,
    id: string,
    format: Kept['format'],
  ): Promise<Kept | undefined> {
    let text: string;
    try {
      text = await readFile(path, 'utf8');
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      if (code === 'ENOENT') return undefined;
      throw code === 'ENOTDIR' ? this.#unusable(error) : damaged(path, String(error), error);
    }
    try {
      const record = JSON.parse(text) as Kept | null;
      if (record?.format === format && record.id === id) return record;
      if (record?.id === id) throw otherFormat(path, format, record.format);
    } catch (error) {
      throw error instanceof BalancedRecError ? error : damaged(path, String(error), error);
    }
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
   * Makes the folder, and clears it of what writers left that were killed.
   * @throws BalancedRecError `comparison/unusable-folder`
   */
  async prepare(): Promise<void> {
    const runs = join(this.folder, 'runs');
    try {
      await mkdir(runs, { recursive: true });
      await access(runs, constants.W_OK);
      for (const folder of [
        this.folder,
        runs,
        join(this.folder, 'models'),
        join(this.folder, 'progress'),
        this.teachers,
        this.neighbours,
      ])
        await removeLeftovers(folder);
    } catch (error) {
      throw this.#unusable(error);
    }
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

function damaged(place: string, found: string, cause?: unknown): BalancedRecError {
  return new BalancedRecError({
    code: 'comparison/damaged-record',
    message: 'a finished run cannot be read',
    place,
    expected: 'the JSON of a run record',
    found,
    remedy: 'delete the file to have the run repeated',
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
