import type { RandomGenerator, TrainingData } from '@balanced-rec/ckd-core/backbone';
import { CsrMatrix } from '@balanced-rec/tfjs-kernels';

/** The training interactions as parallel lists. */
export interface InteractionList {
  readonly userCount: number;
  readonly itemCount: number;
  readonly users: Int32Array;
  readonly items: Int32Array;
}

export function listInteractions({ userCount, itemCount, train }: TrainingData): InteractionList {
  const users = new Int32Array(train.items.length);
  for (let user = 0; user < userCount; user++) users.fill(user, train.offsets[user], train.offsets[user + 1]);
  return { userCount, itemCount, users, items: train.items };
}

/** deg_u^-1/2 deg_i^-1/2 of each kept interaction, with degrees counted over the kept ones (+ 1e-7): `[kept]`. */
export function edgeValues({ userCount, itemCount, users, items }: InteractionList, kept: Int32Array): Float32Array {
  const userDegrees = new Float64Array(userCount);
  const itemDegrees = new Float64Array(itemCount);
  for (const k of kept) {
    userDegrees[users[k]!]!++;
    itemDegrees[items[k]!]!++;
  }
  const inverseRoot = (degree: number) => 1 / Math.sqrt(degree + 1e-7);
  return Float32Array.from(kept, (k) => inverseRoot(userDegrees[users[k]!]!) * inverseRoot(itemDegrees[items[k]!]!));
}

/**
 * Draws the interactions that an epoch keeps: a share of `1 - dropout`, without replacement, with probability proportional to the weights
 * (Efraimidis & Spirakis, 2006: the smallest of Exp(1) / weight). Returned in ascending order.
 */
export function drawKept(weights: Float32Array, dropout: number, random: RandomGenerator): Int32Array {
  const keys = Float64Array.from(weights, (weight) => -Math.log(1 - random.unit()) / weight);
  const order = Int32Array.from(keys, (_, k) => k).sort((a, b) => keys[a]! - keys[b]!);
  return order.subarray(0, Math.floor(weights.length * (1 - dropout))).sort();
}

/** The symmetric adjacency `[users + items, users + items]` of the kept interactions. */
export function prunedAdjacency(list: InteractionList, kept: Int32Array): CsrMatrix {
  const { userCount, itemCount, users, items } = list;
  const values = edgeValues(list, kept);
  const nodes = userCount + itemCount;
  const rowIds = new Int32Array(2 * kept.length);
  const columnIds = new Int32Array(2 * kept.length);
  const both = new Float32Array(2 * kept.length);
  for (const [at, k] of kept.entries()) {
    const [user, item] = [users[k]!, userCount + items[k]!];
    rowIds[2 * at] = columnIds[2 * at + 1] = user;
    rowIds[2 * at + 1] = columnIds[2 * at] = item;
    both[2 * at] = both[2 * at + 1] = values[at]!;
  }
  return CsrMatrix.fromTriplets({ rows: nodes, columns: nodes, rowIds, columnIds, values: both });
}
