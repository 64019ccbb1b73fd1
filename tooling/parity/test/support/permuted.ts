import type { BackboneFixture, FixtureTensor } from '../../src/fixture.js';

/**
 * A fixture of the same model with its users and items renumbered. All its numbers move, and it is as valid as the original
 * without running any reference code.
 */
export function permuted(fixture: BackboneFixture): BackboneFixture {
  // 5 is coprime to the numbers of users and items, so these are permutations.
  const user = (u: number) => (5 * u + 3) % fixture.nUsers;
  const item = (i: number) => (5 * i + 2) % fixture.nItems;
  const rows = ({ shape, data }: FixtureTensor, to: (row: number) => number): FixtureTensor => {
    const width = data.length / shape[0]!;
    const moved = new Array<number>(data.length);
    for (const [k, value] of data.entries()) moved[to(Math.floor(k / width)) * width + (k % width)] = value;
    return { shape, data: moved };
  };
  const byName = (tensors: Readonly<Record<string, FixtureTensor>>) => {
    const moved = ([name, tensor]: [string, FixtureTensor]): [string, FixtureTensor] => {
      if (name.startsWith('user.')) return [name, rows(tensor, user)];
      return [name, name.startsWith('item.') ? rows(tensor, item) : tensor];
    };
    return Object.fromEntries(Object.entries(tensors).map(moved));
  };
  const map = <T, U>(record: Readonly<Record<string, T>>, change: (value: T) => U): Record<string, U> =>
    Object.fromEntries(Object.entries(record).map(([key, value]) => [key, change(value)]));
  return {
    ...fixture,
    features: map(fixture.features, (tensor) => rows(tensor, item)),
    interactions: fixture.interactions.map(([u, i]) => [user(u), item(i)] as const),
    params: byName(fixture.params),
    batches: fixture.batches.map(({ users, pos, neg }) => ({
      users: users.map(user),
      pos: pos.map(item),
      neg: neg.map(item),
    })),
    forward: map(fixture.forward, (view) => ({ user: rows(view.user, user), item: rows(view.item, item) })),
    grads: byName(fixture.grads),
    adam: { ...fixture.adam, params: byName(fixture.adam.params) },
  };
}
