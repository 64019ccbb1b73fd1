/** The ranks of the sizes of paired differences, summed by sign. */
export interface SignedRanks {
  /** Of the sizes of the differences that are not zero, ascending; equal sizes share the mean of their ranks. */
  readonly ranks: Float64Array;
  /** Sum of the ranks of positive differences: the statistic V (or W+) of Wilcoxon's test. */
  readonly positive: number;
  readonly negative: number;
}

/** Ranks differences by their size. Zeros are dropped first, as Wilcoxon (1945) has it. */
export function signedRanks(differences: Float64Array): SignedRanks {
  // Plain sorts of two lists, the second to tell which sizes are of positive differences: sorting pairs takes many times as long.
  const sizes = differences
    .filter((difference) => difference !== 0)
    .map(Math.abs)
    .sort();
  const positives = differences.filter((difference) => difference > 0).sort();
  const ranks = new Float64Array(sizes.length);
  let positive = 0;
  let seen = 0;
  for (let start = 0, end = 0; start < sizes.length; start = end) {
    while (end < sizes.length && sizes[end] === sizes[start]) end++;
    const rank = (start + 1 + end) / 2;
    ranks.fill(rank, start, end);
    for (; positives[seen] === sizes[start]; seen++) positive += rank;
  }
  return { ranks, positive, negative: (ranks.length * (ranks.length + 1)) / 2 - positive };
}
