import { access, constants, mkdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Backbone, ObservedSet } from '@balanced-rec/ckd-core';
import { identityOfCheckpoint, saveCheckpoint, writeFileAtomically } from '@balanced-rec/ckd-core/node';
import { BalancedRecError } from '@balanced-rec/errors';
import type { RunRecord } from '../report/run-record.js';
import type { CheckpointIdentity, RunIdentity } from '../runs/run-identity.js';
import type { PlannedRun } from './plan.js';
import { removeLeftovers } from './remove-leftovers.js';

/**
 * A comparison's output folder: `runs/<id>.json`, one record per finished run; `models/<id>/`, its checkpoint; `teachers/`,
 * their embeddings; `neighbours/`, the item graphs of the features; `progress/`, the states of runs that are not finished.
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
    await writeFileAtomically(this.#recordPath(id), `${JSON.stringify(record, null, 1)}\n`);
    await rm(this.progressFile(id), { force: true });
  }

  /**
   * The record of a run, if it is finished.
   * @throws BalancedRecError `comparison/damaged-record`, `comparison/unusable-folder`
   */
  async find(id: string): Promise<RunRecord | undefined> {
    const path = this.#recordPath(id);
    let text: string;
    try {
      text = await readFile(path, 'utf8');
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      if (code === 'ENOENT') return undefined;
      throw code === 'ENOTDIR' ? this.#unusable(error) : damaged(path, String(error), error);
    }
    try {
      const record = JSON.parse(text) as RunRecord | null;
      if (record?.format === 2 && record.id === id) return record;
    } catch (error) {
      throw damaged(path, String(error), error);
    }
    throw damaged(path, 'other JSON');
  }

  /** The records of the planned runs that are finished, in the plan's order. */
  async finished(runs: readonly PlannedRun[]): Promise<RunRecord[]> {
    const records = await Promise.all(runs.map(({ id }) => this.find(id)));
    return records.filter((record) => record !== undefined);
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
