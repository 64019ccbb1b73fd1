import { edgeValues } from '@balanced-rec/freedom';
import type { Comparison } from './comparison.js';
import type { BackboneFixture, FixturePruning } from './fixture.js';
import { tolerances } from './tolerances.js';

/** Compares the weights FREEDOM samples interactions by, and the weights of the interactions that a sample kept. */
export function comparePruning(
  comparison: Comparison,
  { nUsers, nItems, interactions }: BackboneFixture,
  pruning: FixturePruning,
): void {
  const list = {
    userCount: nUsers,
    itemCount: nItems,
    users: Int32Array.from(interactions, ([user]) => user),
    items: Int32Array.from(interactions, ([, item]) => item),
  };
  const everything = Int32Array.from(interactions, (_, k) => k);
  comparison.group('pruning', tolerances.adjacency, {
    edgeValues: [edgeValues(list, everything), pruning.edgeValues],
    keepValues: [edgeValues(list, Int32Array.from(pruning.keep)), pruning.keepValues],
  });
}
