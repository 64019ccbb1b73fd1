import type { RunGroup } from '../group-runs.js';
import { meanAndDeviation } from '../mean-and-deviation.js';
import { compareMetrics } from '../metric-label.js';
import type { CurvePoint, RunRecord } from '../run-record.js';
import { modalityOf, variantLabel } from '../variant-order.js';
import type { Mark, Panel, Point, Series, SeriesRun } from './page-data.js';

const WEIGHT = 'weight.';

/** Takes from the runs of one dataset x backbone what its charts show. */
export function panelOf(group: RunGroup, marks: ReadonlyMap<string, Mark>, metric: string): Panel {
  const series = [...group.variants].map(
    ([variant, runs]): Series => ({
      variant,
      label: variantLabel(variant),
      mark: marks.get(variant)!,
      runs: runs.map(seriesRun),
      weights: weightsOf(runs),
    }),
  );
  const metrics = series.flatMap((one) => one.runs.flatMap((run) => Object.keys(run.validation)));
  const teachers: Record<string, Record<string, number>> = {};
  for (const [variant, runs] of group.variants) {
    const modality = modalityOf(variant);
    if (modality !== undefined) teachers[modality] = bestValidation(runs);
  }
  const fallback = metrics.includes(metric) ? metric : ([...metrics].sort(compareMetrics)[0] ?? metric);
  return { title: `${group.dataset} · ${group.backbone}`, series, fallback, teachers };
}

function seriesRun({ seed, result, curve }: RunRecord): SeriesRun {
  const views: Record<string, Record<string, Point[]>> = {};
  for (const view of new Set(curve.flatMap((point) => Object.keys(point.views ?? {})))) {
    const modality = modalityOf(view);
    if (modality !== undefined) views[modality] = pointsByName(curve, (point) => point.views?.[view]);
  }
  return {
    seed,
    bestEpoch: result.bestEpoch,
    validation: pointsByName(curve, (point) => point.validation),
    views,
  };
}

function weightsOf(runs: readonly RunRecord[]): Record<string, Point[][]> {
  const weights: Record<string, Point[][]> = {};
  for (const { curve } of runs) {
    const measures = pointsByName(curve, (point) => point.measures);
    for (const [name, points] of Object.entries(measures)) {
      if (!name.startsWith(WEIGHT)) continue;
      const modality = name.slice(WEIGHT.length);
      weights[modality] = [...(weights[modality] ?? []), points];
    }
  }
  return weights;
}

function pointsByName(
  curve: readonly CurvePoint[],
  pick: (point: CurvePoint) => Readonly<Record<string, number>> | undefined,
): Record<string, Point[]> {
  const lines: Record<string, Point[]> = {};
  for (const point of curve) {
    for (const [name, value] of Object.entries(pick(point) ?? {})) {
      if (!Number.isFinite(value)) continue;
      lines[name] ??= [];
      // Six digits are more than a pixel and keep the page small.
      lines[name].push([point.epoch, Number(value.toPrecision(6))]);
    }
  }
  return lines;
}

function bestValidation(runs: readonly RunRecord[]): Record<string, number> {
  const names = [...new Set(runs.flatMap((run) => Object.keys(run.result.validation)))];
  return Object.fromEntries(
    names.map((name) => {
      const values = runs.flatMap((run) => run.result.validation[name] ?? []);
      return [name, meanAndDeviation(values).mean];
    }),
  );
}
