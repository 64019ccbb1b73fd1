/** The ids of several lists, each once and ascending, and where among them those of each list are. */
export interface DistinctIds {
  readonly ids: Int32Array;
  readonly positions: readonly Int32Array[];
}

export function distinctIds(lists: readonly Int32Array[]): DistinctIds {
  const largest = lists.reduce((most, list) => list.reduce((a, b) => Math.max(a, b), most), -1);
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
