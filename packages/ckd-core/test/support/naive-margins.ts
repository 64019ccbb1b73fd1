import type { Triples } from '../../src/backbone.js';
import type { RankingTables } from '../../src/index.js';

/** Margins of triples in double precision, from whole tables. */
export function naiveMargins({ dimension: d, users, items }: RankingTables, triples: Triples): Float64Array {
  return Float64Array.from(triples.users, (user, k) => {
    let sum = 0;
    for (let c = 0; c < d; c++) {
      sum += users[user * d + c]! * (items[triples.positives[k]! * d + c]! - items[triples.negatives[k]! * d + c]!);
    }
    return sum;
  });
}
