import { backboneLabel, compareMetrics, floorOf, metricLabel, modalityOf, variantLabel } from '../labels/names.js';
import type { RunRecord } from '../records/run-record.js';
import { significanceMark } from '../statistics/significance.js';
import { groupRuns } from '../summary/group-runs.js';
import type { Summary } from '../summary/summary.js';
import type { Difference, Mark, PageData } from './page-data.js';
import { panelOf } from './panel-of.js';

/** The number of values that all charts' lines may hold together, so that a page of many runs stays small; 2.7 bytes each. */
const VALUES = 100_000;

/** Takes from the records what the page's script draws. */
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

/** Whether any run was evaluated during training; popularity never is. */
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

/** Palette slots (`--s0` and so on in `colour.css`). Slots 0 and 1 are for plain and ckd. */
const MODALITY_SLOTS = [2, 3, 6];
const OTHER_SLOTS = [4, 5, 6, 2, 3];
const OTHER_DASHES = ['2 3', '9 3 2 3', '5 2'];

/** Gives every variant of a report its line style, the same in each of its charts. */
function variantMarks(variants: readonly string[]): Map<string, Mark> {
  const modalities = variants.filter((variant) => modalityOf(variant) !== undefined);
  const others = variants.filter((variant) => !['plain', 'ckd', ...modalities].includes(variant));
  return new Map(
    variants.map((variant): [string, Mark] => {
      if (variant === 'plain') return [variant, { slot: 0, dash: '' }];
      if (variant === 'ckd') return [variant, { slot: 1, dash: '' }];
      const modality = modalities.indexOf(variant);
      if (modality >= 0) return [variant, { slot: cycled(MODALITY_SLOTS, modality), dash: '7 4' }];
      const other = others.indexOf(variant);
      return [variant, { slot: cycled(OTHER_SLOTS, other), dash: cycled(OTHER_DASHES, other) }];
    }),
  );
}

function cycled<T>(values: readonly T[], at: number): T {
  return values[at % values.length]!;
}
