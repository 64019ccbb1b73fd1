import { createHash } from 'node:crypto';
import type { Encoder } from '../encoders/encoder.js';
import type { Inputs } from '../input.js';

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
