/** If the largest id is at least this many times the number of ids given, sorting them is faster than marking them in a full-length list. */
const SPARSE = 8;

/** The distinct ids of several lists, ascending, and the position of each list's ids among them. */
export interface DistinctIds {
  readonly ids: Int32Array;
  readonly positions: readonly Int32Array[];
}

/** Collects the distinct ids of several lists, ascending, with the position of each list's ids among them. */
export function distinctIds(lists: readonly Int32Array[]): DistinctIds {
  const largest = lists.reduce((most, list) => list.reduce((a, b) => Math.max(a, b), most), -1);
  const named = lists.reduce((sum, { length }) => sum + length, 0);
  return largest >= SPARSE * named ? bySorting(lists, named) : byMarking(lists, largest);
}

function byMarking(lists: readonly Int32Array[], largest: number): DistinctIds {
  const positionOf = new Int32Array(largest + 1);
  for (const list of lists) for (const id of list) positionOf[id] = 1;
  let count = 0;
  for (let id = 0; id <= largest; id++) if (positionOf[id] === 1) positionOf[id] = count++;
  const ids = new Int32Array(count);
  const positions = lists.map((list) =>
    list.map((id) => {
      ids[positionOf[id]!] = id;
      return positionOf[id]!;
    }),
  );
  return { ids, positions };
}

function bySorting(lists: readonly Int32Array[], named: number): DistinctIds {
  const sorted = new Int32Array(named);
  lists.reduce((at, list) => {
    sorted.set(list, at);
    return at + list.length;
  }, 0);
  sorted.sort();
  const ids = sorted.filter((id, k) => k === 0 || id !== sorted[k - 1]);
  return { ids, positions: lists.map((list) => list.map((id) => positionIn(ids, id))) };
}

function positionIn(ascending: Int32Array, id: number): number {
  let low = 0;
  let high = ascending.length - 1;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (ascending[middle]! < id) low = middle + 1;
    else high = middle;
  }
  return low;
}
