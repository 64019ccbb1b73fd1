import { QUANTILES } from '@balanced-rec/distributions';
import { formatCount } from '../labels/format-number.js';
import { modalityOf, variantLabel } from '../labels/names.js';
import type { CurvePoint, GroupScores, RunRecord } from '../records/run-record.js';
import { meanAndDeviation } from '../statistics/mean-and-deviation.js';
import { meanLines, namedCurve, packLine, strideFor, thinEpochs } from './lines.js';
import type { Group, Lines, Mark, Series, SeriesRun } from './page-data.js';

const WEIGHT = 'weight.';

/** Takes from one variant's runs what the charts show, each line at about `limit` epochs. */
export function seriesOf(variant: string, runs: readonly RunRecord[], mark: Mark, limit: number): Series {
  // One stride for all seeds, so that they share their epochs and a mean can be drawn.
  const stride = strideFor(
    runs.map(({ curve }) => evaluated(curve).length),
    limit,
  );
  return {
    variant,
    label: variantLabel(variant),
    mark,
    runs: runs.map((run) => seriesRun(run, stride)),
    views: byName(namesOf(runs, 'views').filter(modalityOf), (view) => [
      modalityOf(view)!,
      meanOver(runs, limit, (point) => point.views?.[view]),
    ]),
    weights: byName(
      namesOf(runs, 'measures').filter((name) => name.startsWith(WEIGHT)),
      (name) => [name.slice(WEIGHT.length), meanOver(runs, limit, (point) => weightsAt(point, name))],
    ),
    contributions: meanOver(runs, limit, contributionsOf),
    users: groupsOf(runs, 'users'),
    items: groupsOf(runs, 'items'),
  };
}

function seriesRun({ seed, result: { bestEpoch }, curve }: RunRecord, stride: number): SeriesRun {
  const epochs = thinEpochs(
    evaluated(curve).map(({ epoch }) => epoch),
    stride,
    [bestEpoch],
  );
  const points = evaluated(curve).filter(({ epoch }) => epochs.includes(epoch));
  const metrics = [...new Set(points.flatMap(({ validation }) => Object.keys(validation ?? {})))];
  const values = metrics.map((name) => [name, packLine(points.map(({ validation }) => validation?.[name]))] as const);
  return { seed, bestEpoch, epochs, values: Object.fromEntries(values) };
}

function evaluated(curve: RunRecord['curve']): CurvePoint[] {
  return curve.filter(({ validation }) => validation);
}

function meanOver(
  runs: readonly RunRecord[],
  limit: number,
  pick: (point: CurvePoint) => Readonly<Record<string, number>> | undefined,
): Lines | undefined {
  return meanLines(
    runs.map(({ curve }) => namedCurve(curve, pick)),
    limit,
  );
}

function weightsAt({ measures, distributions }: CurvePoint, name: string): Record<string, number> | undefined {
  const mean = measures[name];
  if (mean === undefined) return undefined;
  const quantiles = distributions?.[name] ?? [];
  return Object.fromEntries([
    ['mean', mean],
    ...quantiles.map((value, at) => [`q${Math.round(QUANTILES[at]! * 100)}`, value] as const),
  ]);
}

/** Modality -> joint - without it. */
function contributionsOf({ margins = {} }: CurvePoint): Record<string, number> | undefined {
  const { joint } = margins;
  if (joint === undefined) return undefined;
  const without = Object.entries(margins).filter(([view]) => view.startsWith('without:'));
  return Object.fromEntries(without.map(([view, margin]) => [view.slice('without:'.length), joint - margin]));
}

function namesOf(runs: readonly RunRecord[], field: 'views' | 'measures'): string[] {
  return [...new Set(runs.flatMap(({ curve }) => curve.flatMap((point) => Object.keys(point[field] ?? {}))))].sort();
}

function byName(
  names: readonly string[],
  entry: (name: string) => readonly [string, Lines | undefined],
): Record<string, Lines> {
  return Object.fromEntries(names.map(entry).filter((pair): pair is [string, Lines] => pair[1] !== undefined));
}

/** Scores by group, means over the runs that have the group. */
function groupsOf(runs: readonly RunRecord[], kind: 'users' | 'items'): Group[] {
  return (runs[0]?.groups[kind] ?? []).map((group) => {
    const label = groupLabel(group);
    const twins = runs.flatMap(({ groups }) => groups[kind].filter((other) => groupLabel(other) === label));
    const values = Object.keys(group.values).map((metric) => {
      const mean = meanAndDeviation(twins.flatMap((twin) => twin.values[metric] ?? [])).mean;
      return [metric, Number(mean.toPrecision(6))] as const;
    });
    return { label, count: group.count, values: Object.fromEntries(values) };
  });
}

/** The training interactions that a group's members have: `10–24`. */
function groupLabel({ from, to }: GroupScores): string {
  return from === to ? formatCount(from) : `${formatCount(from)}–${formatCount(to)}`;
}
