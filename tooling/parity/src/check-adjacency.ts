import { bipartiteAdjacency } from '@balanced-rec/ckd-core/backbone';
import type { Comparison } from './comparison.js';
import type { AdjacencyFixture } from './fixture.js';
import { fixtureData } from './model-under-test.js';
import { tolerances } from './tolerances.js';

/** Checks that the normalised adjacencies have the same entries with the same values. */
export function checkAdjacency(comparison: Comparison, fixture: AdjacencyFixture): void {
  const data = fixtureData(fixture);
  for (const normalization of ['rowMeanSelfLoop', 'rowMean', 'symmetric'] as const) {
    const theirs = fixture[normalization];
    const { pattern, values } = bipartiteAdjacency(data, normalization);
    comparison.exact(
      `${normalization} entries`,
      [[...pattern.rowIndices()], [...pattern.columnIndices]],
      [theirs.rows, theirs.cols],
    );
    comparison.group(normalization, tolerances.adjacency, { values: [values, theirs.values] });
  }
}
