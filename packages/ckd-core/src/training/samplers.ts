import type { RandomGenerator } from '@balanced-rec/distributions';
import { BalancedRecError } from '@balanced-rec/errors';
import { hasItems, type Interactions, itemsOf, userCountOf } from '@balanced-rec/interactions';
import type { Triples } from '../adapter/representation.js';
import type { TrainingData } from '../data/training-data.js';

/** Draws the batches of each epoch. */
export interface Sampler {
  /** Steps per epoch. */
  readonly steps: number;
  /** The batches of one epoch, drawn lazily. */
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
 * Creates a sampler by name.
 * - `ckd-paper`: floor(interactions / batchSize) + 1 steps; each draws distinct training users with one positive and one negative item each.
 * - `mmrec`: every training interaction once, shuffled, with one negative item each; the last batch may be smaller.
 *
 * Negatives are uniform over the items that are not among the user's training items.
 * @throws BalancedRecError `sampler/no-negatives` if no user with training items has an item left to be a negative
 */
export function createSampler(name: SamplerName, options: SamplerOptions): Sampler {
  return name === 'ckd-paper' ? ckdPaperSampler(options) : mmrecSampler(options);
}

function ckdPaperSampler({ data, batchSize, random }: SamplerOptions): Sampler {
  const candidates = usersWithNegatives(data);
  const steps = Math.floor(data.train.items.length / batchSize) + 1;
  const drawBatch = (): Triples => {
    const users = drawUsers(candidates, batchSize, random);
    return {
      users,
      positives: users.map((user) => drawPositive(data, user, random)),
      negatives: users.map((user) => drawNegative(data, user, random)),
    };
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

/** The users to learn from: those with at least one training item and at least one item left to be a negative. */
function usersWithNegatives({ itemCount, train }: SamplerOptions['data']): Int32Array {
  const users = usersWithTraining(train).filter((user) => itemsOf(train, user).length < itemCount);
  if (users.length > 0) return users;
  throw new BalancedRecError({
    code: 'sampler/no-negatives',
    message: 'no user has both a training item and an item to serve as a negative',
    expected: 'at least one user with some, but not all, items in training',
    found: `${train.items.length} training interactions over ${itemCount} items`,
    remedy: 'check the training split',
  });
}

function interactionList(
  { train }: SamplerOptions['data'],
  chosen: Int32Array,
): { users: Int32Array; items: Int32Array } {
  const count = chosen.reduce((sum, user) => sum + itemsOf(train, user).length, 0);
  const users = new Int32Array(count);
  const items = new Int32Array(count);
  let at = 0;
  for (const user of chosen) {
    const ofUser = itemsOf(train, user);
    users.fill(user, at, at + ofUser.length);
    items.set(ofUser, at);
    at += ofUser.length;
  }
  return { users, items };
}

function drawPositive({ train }: SamplerOptions['data'], user: number, random: RandomGenerator): number {
  const items = itemsOf(train, user);
  return items[random.below(items.length)]!;
}

function drawNegative({ itemCount, train }: SamplerOptions['data'], user: number, random: RandomGenerator): number {
  const items = itemsOf(train, user);
  let item = random.below(itemCount);
  while (includes(items, item)) item = random.below(itemCount);
  return item;
}

/** Binary search. */
function includes(ascending: Int32Array, item: number): boolean {
  let low = 0;
  let high = ascending.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (ascending[middle]! < item) low = middle + 1;
    else high = middle;
  }
  return ascending[low] === item;
}

/** The users with at least one training interaction, ascending. */
export function usersWithTraining(train: Interactions): Int32Array {
  return Int32Array.from({ length: userCountOf(train) }, (_, user) => user).filter((user) => hasItems(train, user));
}

/**
 * Draws `count` of the candidates: distinct if there are enough of them, else with repetition, as the CKD reference does. The time
 * depends only on `count`. The candidates are reordered during the draw and restored afterwards.
 */
export function drawUsers(candidates: Int32Array, count: number, random: RandomGenerator): Int32Array {
  if (count > candidates.length) {
    return Int32Array.from({ length: count }, () => candidates[random.below(candidates.length)]!);
  }
  // Run the first `count` steps of a Fisher-Yates shuffle, then undo them, so that the next draw depends only on the generator.
  const others = new Int32Array(count);
  for (let k = 0; k < count; k++) {
    others[k] = k + random.below(candidates.length - k);
    swap(candidates, k, others[k]!);
  }
  const drawn = candidates.slice(0, count);
  for (let k = count - 1; k >= 0; k--) swap(candidates, k, others[k]!);
  return drawn;
}

function swap(values: Int32Array, one: number, other: number): void {
  const kept = values[one]!;
  values[one] = values[other]!;
  values[other] = kept;
}
