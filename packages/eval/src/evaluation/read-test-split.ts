import type { Backbone, ObservedSet } from '@balanced-rec/ckd-core/backbone';
import type { Dataset } from '@balanced-rec/datasets';
import { countByItem, type Interactions, itemsOf } from '@balanced-rec/interactions';
import { encodeScores, type GroupScores, type RunRecord } from '@balanced-rec/report';
import type { RankedLists } from '../metrics/hits.js';
import type { Measured } from '../metrics/measure.js';
import type { MetricChoice } from '../metrics/metric-name.js';
import { inEvaluationScope, measureView } from './evaluate-backbone.js';

/** The part of a run's record about the test split. */
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

/** The number of groups, about equal in size; ties in interaction counts stay together. */
const GROUPS = 4;

/** What groups are computed from: the lists of a split, and their scores. */
export interface GroupRequest {
  readonly train: Interactions;
  readonly itemCount: number;
  readonly relevant: Interactions;
  readonly lists: RankedLists;
  readonly measured: Measured;
  readonly cutoffs: readonly number[];
}

/** Scores by how many training interactions a user has, and by how many an item has. */
export function scoreGroups(request: GroupRequest): RunRecord['groups'] {
  return { users: userGroups(request), items: itemGroups(request) };
}

function userGroups({ train, lists, measured }: GroupRequest): GroupScores[] {
  const activity = Float64Array.from(lists.users, (user) => itemsOf(train, user).length);
  return evenGroups(activity).map(({ from, to, members }) => ({
    from,
    to,
    count: members.length,
    values: Object.fromEntries(
      Object.entries(measured.perUser).map(([metric, values]) => [metric, mean(members.map((at) => values[at]!))]),
    ),
  }));
}

/** Groups test interactions by their item's popularity, and measures whether the user's list contains the item. */
function itemGroups({ train, itemCount, relevant, lists, cutoffs }: GroupRequest): GroupScores[] {
  const popularity = countByItem(train, itemCount);
  const popularityOf: number[] = [];
  const rankOf: number[] = [];
  for (const [position, user] of lists.users.entries()) {
    const list = lists.ids.subarray(position * lists.k, (position + 1) * lists.k);
    for (const item of itemsOf(relevant, user)) {
      popularityOf.push(popularity[item]!);
      const rank = list.indexOf(item);
      rankOf.push(rank < 0 ? Number.POSITIVE_INFINITY : rank);
    }
  }
  return evenGroups(Float64Array.from(popularityOf)).map(({ from, to, members }) => ({
    from,
    to,
    count: members.length,
    values: Object.fromEntries(
      cutoffs.map((cutoff) => [`recall@${cutoff}`, mean(members.map((at) => (rankOf[at]! < cutoff ? 1 : 0)))]),
    ),
  }));
}

/** Groups positions by value, in groups of about equal size; equal values stay together. */
function evenGroups(values: Float64Array): { from: number; to: number; members: number[] }[] {
  const order = Array.from(values.keys()).sort((a, b) => values[a]! - values[b]! || a - b);
  const groups: { from: number; to: number; members: number[] }[] = [];
  let start = 0;
  while (start < order.length) {
    let end = Math.max(start + 1, Math.round((order.length * (groups.length + 1)) / GROUPS));
    while (end < order.length && values[order[end]!] === values[order[end - 1]!]) end++;
    const members = order.slice(start, end);
    groups.push({ from: values[members[0]!]!, to: values[members.at(-1)!]!, members });
    start = end;
  }
  return groups;
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
