/** Number of hits among the first `cutoff` ranks. */
export function countHits(flags: Uint8Array, cutoff: number): number {
  let hits = 0;
  for (let rank = 0; rank < cutoff; rank++) hits += flags[rank]!;
  return hits;
}
