import { ruleY } from '@observablehq/plot';
import { pointsOf } from '../lines.js';
import { type Chart, type ChartMaker, score } from './chart.js';
import { draw } from './draw.js';
import { epochAxes } from './epoch-axes.js';
import { epochTable, epochTip } from './epoch-tip.js';
import { meanLine } from './mean-line.js';
import { modalityMark } from './modality-mark.js';

/** One chart per variant: what each modality adds to the margin, by epoch. */
export const contributions: ChartMaker = ({ panel, shown }): Chart[] => {
  const models = (panel?.series ?? []).flatMap(({ variant, label, contributions }) => {
    if (!contributions || !shown.has(variant)) return [];
    const modalities = Object.keys(contributions.values).sort();
    const lines = modalities.map((modality) => ({
      name: modality,
      mark: modalityMark(modality, modalities),
      points: pointsOf(contributions, modality),
    }));
    return [{ label, lines }];
  });
  const values = models.flatMap(({ lines }) => lines.flatMap(({ points }) => points.map(({ value }) => value)));
  // Read side by side, so on one axis.
  const domain = [Math.min(0, ...values), Math.max(0, ...values)] as const;
  return models.map(({ label: variant, lines }): Chart => {
    const ends = lines.map(({ name, points }) => `${name} ${score(points.at(-1)?.value ?? 0)}`).join(', ');
    const label = `${panel!.dataset} · ${panel!.backbone}, ${variant}: contribution of each modality to the margin by epoch; at the end ${ends}.`;
    const zero = ruleY([0], { stroke: 'currentColor', strokeOpacity: 0.6 });
    const marks = [zero, ...lines.map(({ points, mark }) => meanLine(points, mark)), ...epochTip(lines)];
    return {
      title: variant,
      label,
      legend: lines.map(({ name, mark }) => ({ label: name, mark })),
      plot: (width) => draw(label, marks, epochAxes(width, 'contribution to the margin', domain)),
      ...epochTable(lines),
    };
  });
};
