import type { RunRecord } from '../records/run-record.js';
import { decodeScores } from '../records/user-scores.js';

/** The same users' scores under two variants. */
export interface PairedScores {
  /** That both variants were run with. */
  readonly seeds: readonly number[];
  /** Each user's mean over these seeds. */
  readonly plain: Float64Array;
  readonly variant: Float64Array;
}

/** Pairs the users of two variants' runs; null where no seed was measured in both, or the runs have seen different data. */
export function pairedScores(
  plain: readonly RunRecord[],
  variant: readonly RunRecord[],
  metric: string,
): PairedScores | null {
  const measured = (run: RunRecord) => run.users.values[metric] !== undefined;
  const pairs = plain.filter(measured).flatMap((left) => {
    const right = variant.find((run) => run.seed === left.seed && measured(run));
    return right ? [{ left, right }] : [];
  });
  const runs = pairs.flatMap(({ left, right }) => [left, right]);
  const sameUsers = runs.every(
    ({ dataset, users }) => dataset.hash === runs[0]!.dataset.hash && users.count === runs[0]!.users.count,
  );
  if (!sameUsers || !runs[0]?.users.count) return null;
  return {
    seeds: pairs.map(({ left }) => left.seed),
    plain: meanOverSeeds(
      pairs.map(({ left }) => left),
      metric,
    ),
    variant: meanOverSeeds(
      pairs.map(({ right }) => right),
      metric,
    ),
  };
}

function meanOverSeeds(runs: readonly RunRecord[], metric: string): Float64Array {
  const sums = new Float64Array(runs[0]!.users.count);
  for (const run of runs) {
    const scores = decodeScores(run.users.values[metric]!);
    for (let user = 0; user < sums.length; user++) sums[user]! += scores[user]!;
  }
  return sums.map((sum) => sum / runs.length);
}
