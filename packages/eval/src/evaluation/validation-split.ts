import { type Protocol, RandomStreams } from '@balanced-rec/ckd-core';
import type { Dataset } from '@balanced-rec/datasets';
import { type Interactions, keepUsers } from '@balanced-rec/interactions';
import { evaluableUsers } from './evaluate-backbone.js';

/**
 * What models are selected on: the validation split, or where the protocol asks for no more than so many users, the part of it that is
 * theirs. They are drawn from a stream of their own: the same at every evaluation, and for every variant of a seed.
 */
export function validationSplit(
  { train, validation }: Pick<Dataset, 'train' | 'validation'>,
  { validationUsers }: Pick<Protocol, 'validationUsers'>,
  seed: number,
): Interactions {
  const users = evaluableUsers(train, validation);
  if (validationUsers === undefined || validationUsers >= users.length) return validation;
  return keepUsers(validation, draw(users, validationUsers, seed));
}

/** The first steps of a Fisher-Yates shuffle. */
function draw(users: Int32Array, count: number, seed: number): Int32Array {
  const random = new RandomStreams(seed).stream('validation users');
  for (let k = 0; k < count; k++) {
    const other = k + random.below(users.length - k);
    [users[k], users[other]] = [users[other]!, users[k]!];
  }
  return users.slice(0, count).sort();
}
