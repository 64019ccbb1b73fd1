import { Fault } from '../fault.js';
import type { Input } from '../input.js';
import type { BatchLog } from './batch-log.js';

/** What a complete log holds, by row of the feature file. */
export interface LoggedVectors {
  readonly dimension: number;
  readonly faults: ReadonlyMap<number, Fault>;
  vectorOf(row: number): Float32Array;
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
