import { dot, lineY } from '@observablehq/plot';
import type { Series } from '../../page-data/page-data.js';
import { meanOf, pointsOf } from '../lines.js';
import { type Chart, type ChartMaker, colour, score } from './chart.js';
import { draw } from './draw.js';
import { epochAxes } from './epoch-axes.js';
import { epochTable, epochTip } from './epoch-tip.js';
import { meanLine } from './mean-line.js';

/** Validation by epoch: the mean over seeds in bold, single seeds faint, each seed's restored epoch as a dot. */
export const curves: ChartMaker = ({ data, panel, metric: wanted, shown }): Chart[] => {
  if (!panel) return [];
  const measured = panel.series.some(({ runs }) => runs.some(({ values }) => values[wanted]));
  const metric = measured ? wanted : panel.fallback;
  const name = data.labels[metric] ?? metric;
  const lines = panel.series
    .filter(({ variant }) => shown.has(variant))
    .map((series) => ({ ...linesOf(series, metric), name: series.label, mark: series.mark }))
    .filter(({ points }) => points.length > 0);
  if (lines.length === 0) return [];
  const best = lines.filter(({ restored }) => restored.length > 0);
  const spoken = best.map(({ name, restored }) => {
    return `${name} ${score(restored.reduce((sum, { value }) => sum + value, 0) / restored.length)}`;
  });
  const title = `${panel.dataset} · ${panel.backbone}: validation ${name}`;
  const label = `${title} by epoch. At the restored epochs, mean over seeds: ${spoken.join(', ')}.`;
  const seeds = lines.flatMap(({ runs, mark }) =>
    (runs.length > 1 ? runs : []).map((run) =>
      lineY(run, { x: 'epoch', y: 'value', stroke: colour(mark), strokeWidth: 1, strokeOpacity: 0.3 }),
    ),
  );
  const dots = lines.map(({ restored, mark }) =>
    dot(restored, { x: 'epoch', y: 'value', r: 4, fill: colour(mark), stroke: 'var(--paper)', strokeWidth: 1.5 }),
  );
  const means = lines.map(({ points, mark }) => meanLine(points, mark));
  const plot = (width: number) => {
    const axes = epochAxes(width, name);
    return draw(label, [...seeds, ...means, ...dots, ...epochTip(lines)], {
      ...axes,
      height: width < 480 ? 280 : Math.min(420, width * 0.42),
    });
  };
  return [{ title, label, plot, ...epochTable(lines) }];
};

function linesOf({ runs }: Series, metric: string) {
  const each = runs.map((run) => ({ best: run.bestEpoch, points: pointsOf(run, metric) }));
  const drawn = each.filter(({ points }) => points.length > 0);
  return {
    runs: drawn.map(({ points }) => points),
    points: meanOf(drawn.map(({ points }) => points)),
    restored: drawn.flatMap(({ best, points }) => points.filter(({ epoch }) => epoch === best)),
  };
}
