import type { Backbone, ObservedSet } from '@balanced-rec/ckd-core/backbone';
import type { Dataset } from '@balanced-rec/datasets';
import type { RunRecord } from '../report/run-record.js';
import { encodeScores } from '../report/user-scores.js';
import { type MetricChoice, measureView } from './evaluate-backbone.js';
import { inEvaluationScope } from './evaluation-scope.js';
import { scoreGroups } from './score-groups.js';

/** What a run's record says of the test split. */
export interface TestResult extends Pick<RunRecord, 'users' | 'groups'> {
  readonly test: Readonly<Record<string, number>>;
}

/** Reads the test split, once per run: means, every user's scores, and the scores of groups of users and items. */
export function readTestSplit(
  backbone: Backbone,
  observed: ObservedSet,
  dataset: Dataset,
  choice: MetricChoice,
): TestResult {
  const { train, itemCount, test: relevant } = dataset;
  const { lists, measured } = inEvaluationScope((scope) =>
    measureView(backbone.represent(observed, scope), dataset, relevant, choice),
  );
  const values = Object.entries(measured.perUser).map(([metric, scores]) => [metric, encodeScores(scores)] as const);
  return {
    test: measured.mean,
    users: { count: lists.users.length, values: Object.fromEntries(values) },
    groups: scoreGroups({ train, itemCount, relevant, lists, measured, cutoffs: choice.cutoffs }),
  };
}
