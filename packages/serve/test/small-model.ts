import { Ids, Recommender } from '@balanced-rec/ckd-core';
import { RandomGenerator } from '@balanced-rec/ckd-core/backbone';
import { loadEngine } from '@balanced-rec/tfjs-kernels';
import type { ServedModel } from '../src/index.js';

export const [USERS, ITEMS, WIDTH] = [60, 50, 8];

/** A model with random tables. The last ten users were never trained. Items 0, 1, 2, ... are the most popular, in this order. */
export async function smallModel({ originals = false, items = ITEMS } = {}): Promise<ServedModel> {
  await loadEngine('wasm');
  const random = new RandomGenerator([1, 2, 3, 4]);
  const draw = (rows: number) => Float32Array.from({ length: rows * WIDTH }, () => random.normal());
  const lists = Array.from({ length: USERS }, (_, user) => (user < USERS - 10 ? [user % 3 === 0 ? 0 : 1, 2] : []));
  const offsets = new Int32Array(USERS + 1);
  for (const [user, list] of lists.entries()) offsets[user + 1] = offsets[user]! + list.length;
  const train = { offsets, items: Int32Array.from(lists.flat()) };
  const tables = { dimension: WIDTH, users: draw(USERS), items: draw(items) };
  const names = (prefix: string, count: number) =>
    originals ? Ids.originals(Array.from({ length: count }, (_, n) => `${prefix}/${n} é`)) : Ids.numbers(count);
  return {
    recommender: new Recommender({ tables, train }),
    users: names('u', USERS),
    items: names('i', items),
    about: { backbone: 'random' },
  };
}
