import type { Triples } from '../adapter/representation.js';
import type { TrainingData } from '../data/training-data.js';
import type { RandomGenerator } from '../random/random-generator.js';
import { drawUsers, usersWithTraining } from '../training/draw-users.js';

/** Draws the pairs that generic distillation compares: users of the training set, two items each. */
export type PairSampler = () => Triples;

/** As the reference: distinct training users where there are enough, items uniform over all items. */
export function uniformPairs(
  data: Pick<TrainingData, 'itemCount' | 'train'>,
  pairsPerStep: number,
  random: RandomGenerator,
): PairSampler {
  const candidates = usersWithTraining(data.train);
  const drawItems = () => Int32Array.from({ length: pairsPerStep }, () => random.below(data.itemCount));
  return () => ({
    users: drawUsers(candidates, pairsPerStep, random),
    positives: drawItems(),
    negatives: drawItems(),
  });
}
