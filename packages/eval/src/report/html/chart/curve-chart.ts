import type { ChartKit, ChartLine, ChartRequest, ChartSpec } from './chart-kit.js';

/** Validation by epoch: one line per variant, the mean over seeds, with the single seeds faint and their best epochs marked. */
export function curveChart(kit: ChartKit, { panel, metric, labels, hidden }: ChartRequest): ChartSpec {
  const measured = panel.series.some((series) => series.runs.some((run) => run.validation[metric] !== undefined));
  const shown = measured ? metric : panel.fallback;
  const lines: ChartLine[] = [];
  const spoken: string[] = [];
  for (const { label, mark, runs } of panel.series) {
    const measuredRuns = runs.filter((run) => run.validation[shown] !== undefined);
    if (measuredRuns.length === 0 || hidden.includes(label)) continue;
    const curves = measuredRuns.map((run) => run.validation[shown] ?? []);
    const marks = measuredRuns.flatMap((run) => (run.validation[shown] ?? []).filter(([x]) => x === run.bestEpoch));
    lines.push({ name: label, ...mark, mean: kit.meanLine(curves), runs: curves.length > 1 ? curves : [], marks });
    const restored = marks.reduce((sum, [, y]) => sum + y, 0) / marks.length;
    if (marks.length > 0) spoken.push(`${label} ${restored.toFixed(4)}`);
  }
  const name = labels[shown] ?? shown;
  return {
    label: `${panel.title}: validation ${name} by epoch. At the best epochs: ${spoken.join(', ')}.`,
    xLabel: 'epoch',
    yLabel: `validation ${name}`,
    lines,
    references: [],
    bands: [],
  };
}
