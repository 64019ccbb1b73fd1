import type { Point } from '../page-data.js';
import type { ChartKit, ChartLine, ChartRequest, ChartSpec } from './chart-kit.js';

/** One modality's view of the multimodal models by epoch, against the best of the model trained on that modality alone. */
export function viewChart(kit: ChartKit, { panel, metric, labels, modality, hidden }: ChartRequest): ChartSpec {
  const measured = panel.series.some((series) =>
    series.runs.some((run) => run.views[modality]?.[metric] !== undefined),
  );
  const shown = measured ? metric : panel.fallback;
  const teacher = panel.teachers[modality]?.[shown];
  const teacherSlot = panel.series.find((series) => series.variant === `only:${modality}`)?.mark.slot ?? 6;
  const lines: ChartLine[] = [];
  const bands: { slot: number; line: readonly Point[]; level: number }[] = [];
  const spoken: string[] = [];
  for (const { variant, label, mark, runs } of panel.series) {
    const curves = runs.flatMap((run) => {
      const points = run.views[modality]?.[shown];
      return points ? [{ points, best: run.bestEpoch }] : [];
    });
    if (variant === `only:${modality}` || curves.length === 0 || hidden.includes(label)) continue;
    const all = curves.map(({ points }) => points);
    const marks = curves.flatMap(({ points, best }) => points.filter(([x]) => x === best));
    const mean = kit.meanLine(all);
    lines.push({ name: label, ...mark, mean, runs: all.length > 1 ? all : [], marks });
    if (teacher !== undefined) bands.push({ slot: mark.slot, line: mean, level: teacher });
    const restored = marks.reduce((sum, [, y]) => sum + y, 0) / marks.length;
    if (marks.length > 0) spoken.push(`${label} ${restored.toFixed(4)}`);
  }
  const name = labels[shown] ?? shown;
  const against = teacher === undefined ? '' : `; its teacher reaches ${teacher.toFixed(4)}`;
  return {
    label: `${panel.title}: validation ${name} of the ${modality} view by epoch. At the best epochs: ${spoken.join(', ')}${against}.`,
    xLabel: 'epoch',
    yLabel: `${modality} view, validation ${name}`,
    lines,
    references:
      teacher === undefined
        ? []
        : [{ y: teacher, label: `only ${modality}: ${teacher.toFixed(4)}`, slot: teacherSlot }],
    bands,
  };
}
