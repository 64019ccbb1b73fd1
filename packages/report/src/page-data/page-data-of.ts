import { variantMarks } from '../html/variant-mark.js';
import { backboneLabel, floorOf } from '../labels/floor.js';
import { compareMetrics, metricLabel } from '../labels/metric-label.js';
import { significanceMark } from '../labels/significance-mark.js';
import { variantLabel } from '../labels/variant-order.js';
import type { RunRecord } from '../records/run-record.js';
import { groupRuns } from '../summary/group-runs.js';
import type { Summary } from '../summary/summary.js';
import type { Difference, Mark, PageData } from './page-data.js';
import { panelOf } from './panel-of.js';

/** Values that the charts' lines may hold in all, so that a page of many runs stays small; 2.7 bytes each. */
const VALUES = 100_000;

/** What the page's script draws from. */
export function pageDataOf(records: readonly RunRecord[], summary: Summary): PageData {
  const marks = variantMarks(summary.variants);
  const limit = epochsPerLine(records);
  const panels = groupRuns(records)
    .filter(({ backbone, variants }) => !floorOf(backbone) || hasCurve([...variants.values()].flat()))
    .map((group) => panelOf(group, marks, summary, limit));
  const onCurves = records.flatMap(({ curve }) => curve.flatMap(({ validation }) => Object.keys(validation ?? {})));
  const metrics = [...new Set([...summary.metrics, ...onCurves])].sort(compareMetrics);
  return {
    metric: summary.metric,
    labels: Object.fromEntries(metrics.map((metric) => [metric, metricLabel(metric)])),
    panels,
    differences: differencesOf(summary, marks),
  };
}

/** Popularity has none. */
function hasCurve(runs: readonly RunRecord[]): boolean {
  return runs.some(({ curve }) => curve.some(({ validation }) => validation));
}

function epochsPerLine(records: readonly RunRecord[]): number {
  const lines = records.reduce((sum, { curve }) => {
    const evaluated = curve.find(({ validation }) => validation);
    const views = Object.values(evaluated?.views ?? {}).reduce((count, view) => count + Object.keys(view).length, 0);
    return sum + Object.keys(evaluated?.validation ?? {}).length + views;
  }, 0);
  return Math.min(400, Math.max(40, Math.floor(VALUES / Math.max(1, lines))));
}

function differencesOf({ comparisons }: Summary, marks: ReadonlyMap<string, Mark>): Record<string, Difference[]> {
  const rounded = (value: number) => Number(value.toPrecision(5));
  return Object.fromEntries(
    Object.entries(comparisons).map(([metric, all]) => [
      metric,
      all.map(({ dataset, backbone, variant, difference, interval, adjusted }) => ({
        place: `${dataset} · ${backboneLabel(backbone)}`,
        variant,
        label: variantLabel(variant),
        mark: marks.get(variant)!,
        difference: rounded(difference),
        low: rounded(interval[0]),
        high: rounded(interval[1]),
        stars: significanceMark(adjusted),
      })),
    ]),
  );
}
