import { mkdir, readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Backbone, ObservedSet } from '@balanced-rec/ckd-core';
import { saveCheckpoint, writeFileAtomically } from '@balanced-rec/ckd-core/node';
import { BalancedRecError } from '@balanced-rec/errors';
import type { RunRecord } from '../report/run-record.js';
import type { PlannedRun } from './plan.js';

/**
 * A comparison's output folder: `runs/<id>.json`, one record per finished run; `models/<id>/`, its checkpoint; `teachers/`.
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

  async find(id: string): Promise<RunRecord | undefined> {
    try {
      return JSON.parse(await readFile(this.#recordPath(id), 'utf8'));
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
      throw new BalancedRecError({
        code: 'comparison/damaged-record',
        message: 'a finished run cannot be read',
        place: this.#recordPath(id),
        expected: 'the JSON of a run record',
        found: String(error),
        remedy: 'delete the file to have the run repeated',
        cause: error,
      });
    }
  }

  /** The records of the planned runs that are finished, in the plan's order. */
  async finished(runs: readonly PlannedRun[]): Promise<RunRecord[]> {
    const records = await Promise.all(runs.map(({ id }) => this.find(id)));
    return records.filter((record) => record !== undefined);
  }

  async prepare(): Promise<void> {
    await mkdir(join(this.folder, 'runs'), { recursive: true });
  }

  /** Whether anything is in the folder already. */
  async isEmpty(): Promise<boolean> {
    return readdir(this.folder).then(
      (names) => names.length === 0,
      () => true,
    );
  }

  #recordPath(id: string): string {
    return join(this.folder, 'runs', `${id}.json`);
  }
}
