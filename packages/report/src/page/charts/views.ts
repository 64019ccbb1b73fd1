import { areaY } from '@observablehq/plot';
import type { Mark } from '../../page-data/page-data.js';
import { type Point, pointsOf, valueAt } from '../lines.js';
import { type Chart, type ChartMaker, type ChartRequest, colour, score } from './chart.js';
import { draw } from './draw.js';
import { epochAxes } from './epoch-axes.js';
import { epochTable, epochTip } from './epoch-tip.js';
import { meanLine } from './mean-line.js';

/** One chart per modality: the multimodal models' view of it against its teacher, the gap shaded (Figure 1 of the CKD paper). */
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

/** The gaps overlap; the narrowest lies on top, on a blank of its own, so that their colours do not mix. */
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
