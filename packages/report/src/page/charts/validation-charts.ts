import { areaY, dot, lineY } from '@observablehq/plot';
import type { Mark, Series } from '../../page-data/page-data.js';
import {
  type Chart,
  type ChartMaker,
  type ChartRequest,
  colour,
  draw,
  epochAxes,
  epochTable,
  epochTip,
  meanLine,
  score,
} from './chart.js';
import { meanOf, type Point, pointsOf, valueAt } from './lines.js';

/** Validation by epoch: the mean over seeds in bold, single seeds faint, and each seed's restored epoch as a dot. */
export const curves: ChartMaker = ({ data, panel, metric: wanted, shown }): Chart[] => {
  if (!panel) return [];
  const measured = panel.series.some(({ runs }) => runs.some(({ values }) => values[wanted]));
  const metric = measured ? wanted : panel.fallback;
  const name = data.labels[metric] ?? metric;
  const lines = panel.series
    .filter(({ variant }) => shown.has(variant))
    .map((series) => ({ ...seedLines(series, metric), name: series.label, mark: series.mark }))
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

/** One chart per modality: the view of each multimodal model compared with the teacher, with the gap shaded (Figure 1 of the CKD paper). */
export const views: ChartMaker = (request): Chart[] => {
  const { panel } = request;
  const modalities = new Set(panel?.series.flatMap((series) => Object.keys(series.views)));
  return [...modalities].sort().flatMap((modality) => view(request, modality));
};

function view({ data, panel, metric: wanted, shown }: ChartRequest, modality: string): Chart[] {
  if (!panel) return [];
  const only = `only:${modality}`;
  const students = panel.series.filter(({ variant }) => variant !== only && shown.has(variant));
  const metric = students.some(({ views }) => views[modality]?.values[wanted]) ? wanted : panel.fallback;
  const name = data.labels[metric] ?? metric;
  const lines = students.flatMap(({ label, mark, views, variant }) => {
    const points = pointsOf(views[modality], metric);
    return points.length === 0 ? [] : [{ variant, name: label, mark, points }];
  });
  if (lines.length === 0) return [];
  const points = pointsOf(panel.teachers[modality], metric);
  const slot = panel.series.find(({ variant }) => variant === only)?.mark.slot ?? 6;
  const teacher = { name: `teacher (only ${modality})`, mark: { slot, dash: '7 4' }, points };
  const all = points.length > 0 ? [teacher, ...lines] : lines;
  const shades = shadesOf(lines, points);
  const gaps = panel.gaps[metric]?.filter((gap) => gap.modality === modality) ?? [];
  const spoken = lines.flatMap(({ variant, name }) => {
    const gap = gaps.find((one) => one.variant === variant);
    return gap ? [`${name} ${score(gap.view)}, a gap of ${score(gap.teacher - gap.view)}`] : [];
  });
  const reached = gaps[0] ? ` The teacher reaches ${score(gaps[0].teacher)}.` : '';
  const label = `${panel.dataset} · ${panel.backbone}: validation ${name} of the ${modality} view by epoch.${reached} At the restored epochs: ${spoken.join('; ')}.`;
  const marks = [...shades, ...all.map((line) => meanLine(line.points, line.mark)), ...epochTip(all)];
  const legend = points.length > 0 ? [{ label: teacher.name, mark: teacher.mark }] : [];
  return [
    {
      title: `View by ${modality}`,
      label,
      legend,
      plot: (width) => draw(label, marks, epochAxes(width, name)),
      ...epochTable(all),
    },
  ];
}

function seedLines({ runs }: Series, metric: string) {
  const each = runs.map((run) => ({ best: run.bestEpoch, points: pointsOf(run, metric) }));
  const drawn = each.filter(({ points }) => points.length > 0);
  return {
    runs: drawn.map(({ points }) => points),
    points: meanOf(drawn.map(({ points }) => points)),
    restored: drawn.flatMap(({ best, points }) => points.filter(({ epoch }) => epoch === best)),
  };
}

/** The gaps overlap. The narrowest is on top, each with its own background, so that their colours do not mix. */
function shadesOf(
  lines: readonly { readonly points: readonly Point[]; readonly mark: Mark }[],
  teacher: readonly Point[],
) {
  const gaps = lines.map(({ points, mark }) => {
    const area = points.flatMap(({ epoch, value }) => {
      const level = valueAt(teacher, epoch);
      return level === undefined ? [] : [{ epoch, value, level: Math.max(level, value) }];
    });
    const size = area.reduce((sum, { value, level }) => sum + level - value, 0) / Math.max(1, area.length);
    return { area, size, fill: colour(mark) };
  });
  const place = { x: 'epoch', y1: 'value', y2: 'level' };
  return gaps
    .sort((a, b) => b.size - a.size)
    .flatMap(({ area, fill }) => [
      areaY(area, { ...place, fill: 'var(--paper)' }),
      areaY(area, { ...place, fill, fillOpacity: 0.17 }),
    ]);
}
