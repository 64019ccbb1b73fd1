import { InteractionLog } from '../interactions/interaction-log.js';
import { RandomSource } from './random-source.js';

/** Splits each user's items at random 8:1:1, with at least one item in validation and one in test. */
export function splitPerUser(chosen: readonly Int32Array[], seed: number): InteractionLog {
  const random = new RandomSource(seed, 'split');
  const log = new InteractionLog();
  for (const [user, items] of chosen.entries()) {
    const held = Math.max(1, Math.round(items.length / 10));
    for (const [position, item] of random.shuffle(items.slice()).entries()) {
      const split = position < held ? 2 : position < 2 * held ? 1 : 0;
      log.add(user, item, split, 0);
    }
  }
  return log;
}
