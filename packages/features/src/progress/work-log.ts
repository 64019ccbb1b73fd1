import { createHash } from 'node:crypto';
import type { Encoder } from '../encoders/encoder.js';
import { Fault, type Input, type Inputs } from '../items/item-inputs.js';
import type { WorkingFolder } from '../output/working-folder.js';
import { BatchLog } from './batch-log.js';

/** What a complete log holds, by row of the feature file. */
export interface LoggedVectors {
  readonly dimension: number;
  readonly faults: ReadonlyMap<number, Fault>;
  vectorOf(row: number): Float32Array;
}

/** SHA-256 of all that features depend on, and of the order in which they come: progress of another key is of no use. */
export function workKey(encoder: Encoder, { ids, inputs, faults, source }: Inputs<unknown>, batchSize: number): string {
  const hash = createHash('sha256');
  const { name, kind, identity } = encoder;
  hash.update(JSON.stringify(['balanced-rec features 1', name, kind, identity, batchSize, source, ids.length]));
  for (const id of ids) hash.update(`\n${JSON.stringify(id)}`);
  for (const { row, stamp } of inputs) hash.update(`\n${row} ${stamp}`);
  for (const [row, { reason, detail }] of faults) hash.update(`\n${row} ${reason} ${detail}`);
  return hash.digest('hex');
}

/**
 * Opens the log of the work that `key` identifies, and closes it afterwards.
 *
 * @param say hears where other work on this modality was begun here
 */
export async function withWorkLog<T>(
  working: WorkingFolder,
  key: string,
  say: ((line: string) => void) | undefined,
  use: (log: BatchLog) => Promise<T>,
): Promise<T> {
  const { path, dropped } = await working.logOf(key);
  if (dropped > 0) say?.('inputs, encoder or settings are others than those of the work begun here: starting anew');
  const log = await BatchLog.open(path);
  try {
    return await use(log);
  } finally {
    await log.close();
  }
}

/** Finds the vectors of rows in a log of all inputs. */
export function loggedVectors(log: BatchLog, inputs: readonly Input<unknown>[]): LoggedVectors {
  const faults = new Map<number, Fault>();
  const places = new Map<number, { batch: number; position: number }>();
  let next = 0;
  for (const [batch, { outcomes }] of log.batches.entries()) {
    let position = 0;
    for (const outcome of outcomes) {
      const { row } = inputs[next++]!;
      if (outcome instanceof Fault) faults.set(row, outcome);
      else places.set(row, { batch, position: position++ });
    }
  }
  const dimension = log.batches.find((batch) => batch.dimension > 0)?.dimension ?? 0;
  return {
    dimension,
    faults,
    vectorOf(row) {
      const { batch, position } = places.get(row)!;
      return log.readVector(log.batches[batch]!, position);
    },
  };
}
