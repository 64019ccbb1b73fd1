import { type FeatureMatrix, RandomGenerator, type TrainingData, type Triples } from '@balanced-rec/ckd-core/backbone';

export const userCount = 30;
export const itemCount = 20;

/** Random interactions and features. The last user has no interactions, and nobody has the last item. */
export function sampleData(modalities: readonly string[]): TrainingData {
  const random = new RandomGenerator([1, 2, 3, 4]);
  const offsets = new Int32Array(userCount + 1);
  const items: number[] = [];
  for (let user = 0; user < userCount; user++) {
    for (let item = 0; item < itemCount - 1 && user < userCount - 1; item++) {
      if (item === user % (itemCount - 1) || random.unit() < 0.2) items.push(item);
    }
    offsets[user + 1] = items.length;
  }
  return {
    userCount,
    itemCount,
    train: { offsets, items: Int32Array.from(items) },
    features: Object.fromEntries(modalities.map((m, k) => [m, randomFeatures(4 + 3 * k, random)])),
  };
}

function randomFeatures(columns: number, random: RandomGenerator): FeatureMatrix {
  return {
    rows: itemCount,
    columns,
    values: Float32Array.from({ length: itemCount * columns }, () => random.normal()),
  };
}

/** The data with the feature rows of some modalities in a different order: different features with the same mean. */
export function withShuffledFeatures(data: TrainingData, modalities: readonly string[]): TrainingData {
  const features = { ...data.features };
  for (const m of modalities) {
    const { rows, columns, values } = features[m]!;
    const shuffled = new Float32Array(values.length);
    // 7 and 20 have no common divisor, so every row appears once.
    for (let row = 0; row < rows; row++) {
      const from = (7 * row + 3) % rows;
      shuffled.set(values.subarray(from * columns, (from + 1) * columns), row * columns);
    }
    features[m] = { rows, columns, values: shuffled };
  }
  return { ...data, features };
}

/** A batch that is the same for every backbone, with users and items that occur more than once. */
export function sampleBatch(size = 24, seed = 9): Triples {
  const random = new RandomGenerator([seed, 2, 3, 4]);
  const draw = (count: number) => Int32Array.from({ length: size }, () => random.below(count));
  return { users: draw(userCount), positives: draw(itemCount), negatives: draw(itemCount) };
}
