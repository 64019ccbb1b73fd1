import { createHash } from 'node:crypto';
import type { Encoder } from '../encoders/encoder.js';
import { Fault, type Input, type Inputs } from '../items/item-inputs.js';
import type { WorkingFolder } from '../output/working-folder.js';
import { BatchLog } from './batch-log.js';

/** The content of a complete log, by row of the feature file. */
export interface LoggedVectors {
  readonly dimension: number;
  readonly faults: ReadonlyMap<number, Fault>;
  vectorOf(row: number): Float32Array;
}

/**
 * The SHA-256 of everything that features depend on, including the order of the inputs. Progress under another key is useless.
 */
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
 * Opens the log of the work identified by `key`, and closes it afterwards.
 *
 * @param say is told if other work on this modality was started here
 */
export async function withWorkLog<T>(
  working: WorkingFolder,
  key: string,
  say: ((line: string) => void) | undefined,
  use: (log: BatchLog) => Promise<T>,
): Promise<T> {
  const { path, dropped } = await working.logOf(key);
  if (dropped > 0) say?.('the inputs, encoder or settings differ from those of the work in progress: starting over');
  const log = await BatchLog.open(path);
  try {
    return await use(log);
  } finally {
    await log.close();
  }
}

/** Finds the vectors of rows in a complete log. */
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
