import { access, constants, mkdir, readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Backbone, ObservedSet } from '@balanced-rec/ckd-core';
import { saveCheckpoint, writeFileAtomically } from '@balanced-rec/ckd-core/node';
import { BalancedRecError } from '@balanced-rec/errors';
import type { RunRecord } from '../report/run-record.js';
import type { PlannedRun } from './plan.js';
import { removeLeftovers } from './remove-leftovers.js';

/**
 * A comparison's output folder: `runs/<id>.json`, one record per finished run; `models/<id>/`, its checkpoint; `teachers/`,
 * their embeddings; `neighbours/`, the item graphs of the features.
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

  /** Saves the model first: a record says that everything of its run is there. */
  async save(record: RunRecord, backbone: Backbone, observed: ObservedSet): Promise<void> {
    const { seed, dataset, result, versions, variant } = record;
    await saveCheckpoint(this.modelFolder(record.id), backbone, {
      observed,
      seed,
      dataHash: dataset.hash,
      about: { variant, versions, bestEpoch: result.bestEpoch, validation: result.validation, test: result.test },
    });
    await writeFileAtomically(this.#recordPath(record.id), `${JSON.stringify(record, null, 1)}\n`);
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
   * The records of all runs that are finished, by id.
   * @throws BalancedRecError `comparison/no-runs`, `comparison/damaged-record`
   */
  async all(): Promise<RunRecord[]> {
    let names: string[] = [];
    try {
      names = await readdir(join(this.folder, 'runs'));
    } catch (error) {
      throw await this.#noRuns(error);
    }
    const ids = names.filter((name) => name.endsWith('.json')).map((name) => name.slice(0, -'.json'.length));
    if (ids.length === 0) throw await this.#noRuns();
    const records = await Promise.all(ids.sort().map((id) => this.find(id)));
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
      for (const folder of [this.folder, runs, join(this.folder, 'models'), this.teachers, this.neighbours])
        await removeLeftovers(folder);
    } catch (error) {
      throw this.#unusable(error);
    }
  }

  #recordPath(id: string): string {
    return join(this.folder, 'runs', `${id}.json`);
  }

  async #noRuns(cause?: unknown): Promise<BalancedRecError> {
    const exists = await access(this.folder).then(
      () => true,
      () => false,
    );
    return new BalancedRecError({
      code: 'comparison/no-runs',
      message: exists ? 'no run has finished in this folder' : 'there is no such folder',
      place: this.folder,
      expected: 'the output folder of a comparison, with runs/<id>.json',
      found: exists ? 'none of these' : 'nothing',
      remedy: 'name the --out folder of `balanced-rec compare`, or run it first',
      cause,
    });
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
