import { RandomStreams } from '@balanced-rec/ckd-core';
import type { RandomGenerator } from '@balanced-rec/ckd-core/backbone';
import type { DatasetContent, Interactions } from '@balanced-rec/datasets';
import type { DataShape } from './data-shape.js';
import { drawFeatures } from './draw-features.js';

/**
 * Generates a dataset of exactly this shape, for timing. Its only structure is that some items are popular and some users are active.
 * Every user has at least two training items, one validation item and one test item, all different.
 * The same shape and seed give the same data.
 * @param shape at least 2 interactions per user and at most a quarter of users x items
 */
export function generateDataset(shape: DataShape, seed: number): DatasetContent {
  const random = new RandomStreams(seed);
  const features = Object.fromEntries(
    Object.entries({ image: shape.imageDim, text: shape.textDim })
      .filter(([, columns]) => columns > 0)
      .map(([modality, columns]) => [modality, drawFeatures(shape.items, columns, random.stream(modality))]),
  );
  return {
    name: 'generated',
    userCount: shape.users,
    itemCount: shape.items,
    ...drawInteractions(shape, random.stream('interactions')),
    features,
    modalities: Object.keys(features),
  };
}

function drawInteractions({ users, items, interactions }: DataShape, random: RandomGenerator) {
  const counts = drawCounts(users, items, interactions, random);
  const idOfRank = shuffledIds(items, random);
  const [train, validation, test] = [
    emptySplit(users, interactions),
    emptySplit(users, users),
    emptySplit(users, users),
  ];
  /** The last user that drew each item, counted from 1. */
  const lastUser = new Int32Array(items);
  for (let user = 0; user < users; user++) {
    const drawn = new Int32Array(counts[user]! + 2);
    for (let at = 0; at < drawn.length; ) {
      // Popularity falls with the square root of the rank: the top tenth of 7050 items gets a third of the interactions.
      const item = idOfRank[Math.floor(items * random.unit() ** 2)]!;
      if (lastUser[item] === user + 1) continue;
      lastUser[item] = user + 1;
      drawn[at++] = item;
    }
    put(train, user, drawn.subarray(0, -2).sort());
    put(validation, user, drawn.subarray(-2, -1));
    put(test, user, drawn.subarray(-1));
  }
  return { train, validation, test };
}

/** The number of training items per user: two, plus a share of the rest that falls with the square root of the user's rank. */
function drawCounts(users: number, items: number, interactions: number, random: RandomGenerator): Int32Array {
  const userOfRank = shuffledIds(users, random);
  const counts = new Int32Array(users).fill(2);
  // Leaves items to draw that a user does not have yet.
  const most = Math.floor(items / 2);
  for (let left = interactions - 2 * users; left > 0; ) {
    const user = userOfRank[Math.floor(users * random.unit() ** 2)]!;
    if (counts[user]! >= most) continue;
    counts[user]!++;
    left--;
  }
  return counts;
}

/** Shuffled, so that the rows of popular items are not adjacent. */
function shuffledIds(count: number, random: RandomGenerator): Int32Array {
  const ids = Int32Array.from({ length: count }, (_, id) => id);
  for (let k = count - 1; k > 0; k--) {
    const other = random.below(k + 1);
    [ids[k], ids[other]] = [ids[other]!, ids[k]!];
  }
  return ids;
}

function emptySplit(users: number, interactions: number): Interactions {
  return { offsets: new Int32Array(users + 1), items: new Int32Array(interactions) };
}

/** Adds the items of the next user. */
function put({ offsets, items }: Interactions, user: number, ofUser: Int32Array): void {
  items.set(ofUser, offsets[user]);
  offsets[user + 1] = offsets[user]! + ofUser.length;
}
