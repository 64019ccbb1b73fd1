import { BalancedRecError } from '@balanced-rec/errors';
import type { Triples } from '../adapter/representation.js';
import type { Interactions, TrainingData } from '../data/training-data.js';
import type { RandomGenerator } from '../random/random-generator.js';
import { drawUsers, usersWithTraining } from './draw-users.js';

/** Yields the batches of one epoch after another. */
export interface Sampler {
  /** Steps in an epoch. */
  readonly steps: number;
  /** The batches of one epoch, drawn as they are asked for. */
  epoch(): Iterable<Triples>;
}

/** How the batches of an epoch are drawn: as the CKD authors do, or as MMRec does. */
export type SamplerName = 'ckd-paper' | 'mmrec';

/** What the batches of an epoch are drawn from. */
export interface SamplerOptions {
  readonly data: Pick<TrainingData, 'itemCount' | 'train'>;
  readonly batchSize: number;
  readonly random: RandomGenerator;
}

/**
 * A sampler by name.
 * - `ckd-paper`: floor(interactions / batchSize) + 1 steps; each draws distinct training users, one positive and one negative item each.
 * - `mmrec`: every training interaction once, shuffled, with one negative item each; the last batch may be smaller.
 *
 * Negatives are uniform over the items that the user has not in training.
 * @throws BalancedRecError `sampler/no-negatives` if no user leaves an item untouched
 */
export function createSampler(name: SamplerName, options: SamplerOptions): Sampler {
  return name === 'ckd-paper' ? ckdPaperSampler(options) : mmrecSampler(options);
}

function ckdPaperSampler({ data, batchSize, random }: SamplerOptions): Sampler {
  const candidates = usersWithNegatives(data);
  const { offsets, items } = data.train;
  const steps = Math.floor(items.length / batchSize) + 1;
  const drawBatch = (): Triples => {
    const users = drawUsers(candidates, batchSize, random);
    const positives = users.map((user) => items[offsets[user]! + random.below(offsets[user + 1]! - offsets[user]!)]!);
    return { users, positives, negatives: users.map((user) => drawNegative(data, user, random)) };
  };
  return {
    steps,
    *epoch() {
      for (let step = 0; step < steps; step++) yield drawBatch();
    },
  };
}

function mmrecSampler({ data, batchSize, random }: SamplerOptions): Sampler {
  const { users, items } = interactionList(data, usersWithNegatives(data));
  const order = new Int32Array(users.length);
  return {
    steps: Math.ceil(order.length / batchSize),
    *epoch() {
      for (let k = 0; k < order.length; k++) order[k] = k;
      for (let k = order.length - 1; k > 0; k--) {
        const other = random.below(k + 1);
        [order[k], order[other]] = [order[other]!, order[k]!];
      }
      for (let start = 0; start < order.length; start += batchSize) {
        const chosen = order.subarray(start, start + batchSize);
        const batchUsers = chosen.map((k) => users[k]!);
        yield {
          users: batchUsers,
          positives: chosen.map((k) => items[k]!),
          negatives: batchUsers.map((user) => drawNegative(data, user, random)),
        };
      }
    },
  };
}

/** The users to learn from: some training items, and some items left to be negatives. */
function usersWithNegatives({ itemCount, train }: SamplerOptions['data']): Int32Array {
  const users = usersWithTraining(train).filter((u) => train.offsets[u + 1]! - train.offsets[u]! < itemCount);
  if (users.length > 0) return users;
  throw new BalancedRecError({
    code: 'sampler/no-negatives',
    message: 'no user has both a training item and an item to serve as a negative',
    expected: 'at least one user with 1 to all-but-one training items',
    found: `${train.items.length} training interactions over ${itemCount} items`,
    remedy: 'check the training split',
  });
}

function interactionList(
  { train }: SamplerOptions['data'],
  chosen: Int32Array,
): { users: Int32Array; items: Int32Array } {
  const count = chosen.reduce((sum, user) => sum + train.offsets[user + 1]! - train.offsets[user]!, 0);
  const users = new Int32Array(count);
  const items = new Int32Array(count);
  let at = 0;
  for (const user of chosen) {
    const ofUser = train.items.subarray(train.offsets[user], train.offsets[user + 1]);
    users.fill(user, at, at + ofUser.length);
    items.set(ofUser, at);
    at += ofUser.length;
  }
  return { users, items };
}

function drawNegative({ itemCount, train }: SamplerOptions['data'], user: number, random: RandomGenerator): number {
  let item = random.below(itemCount);
  while (interacted(train, user, item)) item = random.below(itemCount);
  return item;
}

/** Binary search in the user's ascending items. */
function interacted({ offsets, items }: Interactions, user: number, item: number): boolean {
  let low = offsets[user]!;
  let high = offsets[user + 1]!;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (items[middle]! < item) low = middle + 1;
    else high = middle;
  }
  return low < offsets[user + 1]! && items[low] === item;
}
