import { type MetricName, measure } from '@balanced-rec/eval';
import { topKOfProduct } from '@balanced-rec/tfjs-kernels';
import * as tf from '@tensorflow/tfjs-core';
import type { Comparison } from './comparison.js';
import type { MetricsFixture } from './fixture.js';
import { tidied } from './model-under-test.js';
import { tolerances } from './tolerances.js';

/** Checks masked rankings from given scores, and every metric under both conventions, per user and on average. */
export function checkMetrics(comparison: Comparison, fixture: MetricsFixture): void {
  const { nUsers, nItems, K: cutoffs } = fixture;
  const k = Math.max(...cutoffs);
  // Multiplying the scores by the identity sends them through the ranking kernel itself.
  const { ids } = tidied(() =>
    topKOfProduct({
      users: tf.tensor2d(fixture.scores.data, [nUsers, nItems]),
      items: tf.eye(nItems),
      k,
      excluded: compressedRows(fixture.train),
    }),
  );
  const rankings = fixture.rankings.map((_, user) => [...ids.subarray(user * k, (user + 1) * k)]);
  comparison.exact('rankings', rankings, fixture.rankings);

  const lists = { users: Int32Array.from({ length: nUsers }, (_, user) => user), k, ids };
  for (const convention of ['mmrec', 'ckdOfficial'] as const) {
    const { perUser, mean } = fixture[convention];
    for (const [name, byCutoff] of Object.entries(perUser)) {
      const metric = (convention === 'ckdOfficial' && name === 'ndcg' ? 'ndcg-ckd' : name) as MetricName;
      const ours = measure({ lists, relevant: compressedRows(fixture.test), metrics: [metric], cutoffs });
      for (const [cutoff, theirs] of Object.entries(byCutoff)) {
        const key = `${metric}@${Number(cutoff)}` as const;
        comparison.absolute(`${convention} ${name}@${cutoff} per user`, tolerances.metrics, ours.perUser[key]!, theirs);
        comparison.absolute(
          `${convention} ${name}@${cutoff} mean`,
          tolerances.metrics,
          [ours.mean[key]!],
          [mean[name]![cutoff]!],
        );
      }
    }
  }
}

function compressedRows(lists: number[][]): { offsets: Int32Array; items: Int32Array } {
  const offsets = new Int32Array(lists.length + 1);
  for (const [row, list] of lists.entries()) offsets[row + 1] = offsets[row]! + list.length;
  const items = Int32Array.from(lists.flatMap((list) => [...list].sort((a, b) => a - b)));
  return { offsets, items };
}
