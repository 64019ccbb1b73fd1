import { CsrMatrix } from '@balanced-rec/tfjs-kernels';
import type { TrainingData } from '../data/training-data.js';

/**
 * How the adjacency A of the training interactions is normalised, D its degrees:
 * - `rowMeanSelfLoop`: D^-1 (A + I), degrees counted with the loop (MMGCN, LATTICE)
 * - `rowMean`: D^-1 A
 * - `symmetric`: D^-1/2 A D^-1/2 with degree + 1e-7 (LightGCN as in MMRec: BM3, FREEDOM)
 */
export type AdjacencyNormalization = 'rowMeanSelfLoop' | 'rowMean' | 'symmetric';

/**
 * The normalised bipartite graph of users and items, users first: `[users + items, users + items]`.
 * Nodes without interactions have an empty row (`rowMeanSelfLoop`: their own loop).
 */
export function bipartiteAdjacency(
  { userCount, itemCount, train }: Pick<TrainingData, 'userCount' | 'itemCount' | 'train'>,
  normalization: AdjacencyNormalization,
): CsrMatrix {
  const nodes = userCount + itemCount;
  const loop = normalization === 'rowMeanSelfLoop' ? 1 : 0;
  const degrees = nodeDegrees(userCount, itemCount, train.offsets, train.items);
  const value = (row: number, column: number): number =>
    normalization === 'symmetric'
      ? 1 / Math.sqrt((degrees[row]! + 1e-7) * (degrees[column]! + 1e-7))
      : 1 / (degrees[row]! + loop);

  const entries = 2 * train.items.length + loop * nodes;
  const rowIds = new Int32Array(entries);
  const columnIds = new Int32Array(entries);
  const values = new Float32Array(entries);
  let at = 0;
  const put = (row: number, column: number) => {
    rowIds[at] = row;
    columnIds[at] = column;
    values[at++] = value(row, column);
  };
  for (let user = 0; user < userCount; user++) {
    for (let k = train.offsets[user]!; k < train.offsets[user + 1]!; k++) {
      put(user, userCount + train.items[k]!);
      put(userCount + train.items[k]!, user);
    }
  }
  for (let node = 0; node < loop * nodes; node++) put(node, node);
  return CsrMatrix.fromTriplets({ rows: nodes, columns: nodes, rowIds, columnIds, values });
}

/** How many training interactions each user and then each item has: `[users + items]`. */
function nodeDegrees(userCount: number, itemCount: number, offsets: Int32Array, items: Int32Array): Int32Array {
  const degrees = new Int32Array(userCount + itemCount);
  for (let user = 0; user < userCount; user++) degrees[user] = offsets[user + 1]! - offsets[user]!;
  for (const item of items) degrees[userCount + item]!++;
  return degrees;
}
