/** Where a list of all ids would be so many times longer than those named, sorting them is quicker than looking through it. */
const SPARSE = 8;

/** The ids of several lists, each once and ascending, and where among them those of each list are. */
export interface DistinctIds {
  readonly ids: Int32Array;
  readonly positions: readonly Int32Array[];
}

/** The ids in any of the lists, each once and ascending, and where those of each list are among them. */
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
