/** DCG@K of binary gains = sum over hit ranks r (from 1) of 1 / log2(r + 1). */
export function discountedGain(flags: Uint8Array, cutoff: number): number {
  let gain = 0;
  for (let rank = 0; rank < cutoff; rank++) if (flags[rank] === 1) gain += 1 / Math.log2(rank + 2);
  return gain;
}

/** The DCG of `hits` hits at the first ranks: the most that `hits` hits can reach. */
export function idealGain(hits: number): number {
  let gain = 0;
  for (let rank = 0; rank < hits; rank++) gain += 1 / Math.log2(rank + 2);
  return gain;
}
