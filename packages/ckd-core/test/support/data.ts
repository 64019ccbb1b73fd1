import { RandomGenerator, type TrainingData, type Triples } from '../../src/backbone.js';

/** Training data from each user's items, with random features per modality. */
export function dataOf(
  itemsByUser: readonly (readonly number[])[],
  itemCount: number,
  modalities: readonly string[] = [],
): TrainingData {
  const random = new RandomGenerator([11, 12, 13, 14]);
  const offsets = new Int32Array(itemsByUser.length + 1);
  for (const [user, items] of itemsByUser.entries()) offsets[user + 1] = offsets[user]! + items.length;
  const features = modalities.map((modality, k) => {
    const columns = 3 + 2 * k;
    const values = Float32Array.from({ length: itemCount * columns }, () => random.normal());
    return [modality, { rows: itemCount, columns, values }] as const;
  });
  return {
    userCount: itemsByUser.length,
    itemCount,
    train: { offsets, items: Int32Array.from(itemsByUser.flat()) },
    features: Object.fromEntries(features),
  };
}

/** 30 users and 20 items with a fifth of all possible interactions; the last user has none. */
export function smallData(modalities: readonly string[] = ['image', 'text']): TrainingData {
  const random = new RandomGenerator([21, 22, 23, 24]);
  const items = Array.from({ length: 20 }, (_, item) => item);
  const lists = Array.from({ length: 29 }, (_, user) =>
    items.filter((item) => item === user % 20 || random.unit() < 0.2),
  );
  return dataOf([...lists, []], 20, modalities);
}

/** Triples from {@link smallData}, with repetitions. */
export function smallBatch(size = 24, seed = 1): Triples {
  const random = new RandomGenerator([seed, 32, 33, 34]);
  const draw = (bound: number) => Int32Array.from({ length: size }, () => random.below(bound));
  return { users: draw(30), positives: draw(20), negatives: draw(20) };
}
