import { areaY, ruleY } from '@observablehq/plot';
import type { Lines, Mark } from '../../page-data/page-data.js';
import {
  type Chart,
  type ChartMaker,
  colour,
  draw,
  epochAxes,
  epochTable,
  epochTip,
  meanLine,
  type NamedLine,
  score,
} from './chart.js';
import { type Point, pointsOf, valueAt } from './lines.js';

const NAMES: Readonly<Record<string, string>> = {
  q95: '95%',
  q75: '75%',
  q50: 'median',
  mean: 'mean',
  q25: '25%',
  q5: '5%',
};

/** One chart per distilled variant and modality: how the counterfactual weight is spread over triples, by epoch. */
export const weights: ChartMaker = ({ panel, shown }): Chart[] => {
  const distilled = panel?.series.filter(
    ({ variant, weights }) => shown.has(variant) && Object.keys(weights).length > 0,
  );
  return (distilled ?? []).flatMap(({ label: variant, weights }) => {
    const modalities = Object.keys(weights).sort();
    const all = modalities.map((modality) => linesOf(weights[modality]!));
    const values = all.flat().flatMap(({ points }) => points.map(({ value }) => value));
    // The charts of one model are read side by side, so they share their axis.
    const domain = [Math.min(1, ...values), Math.max(1, ...values)] as const;
    return modalities.map((modality, at): Chart => {
      const lines = all[at]!;
      const mark = modalityMark(modality, modalities);
      const line = (name: string) => lines.find((one) => one.name === NAMES[name])?.points ?? [];
      const end = line('mean').at(-1)?.value;
      const label = `${panel!.dataset} · ${panel!.backbone}, ${variant}: weight of ${modality} by epoch; its mean ends at ${end === undefined ? 'nothing' : score(end)}, where 1 is an equal share.`;
      const marks = [
        band(line('q5'), line('q95'), colour(mark), 0.16),
        band(line('q25'), line('q75'), colour(mark), 0.26),
        ruleY([1], { stroke: 'currentColor', strokeOpacity: 0.6 }),
        meanLine(line('q50'), { ...mark, dash: '' }),
        meanLine(line('mean'), { slot: 6, dash: '6 4' }),
        ...epochTip(lines),
      ];
      return {
        title: `${variant}: weight of ${modality}`,
        label,
        plot: (width) => draw(label, marks, epochAxes(width, 'weight', domain)),
        ...epochTable(lines),
      };
    });
  });
};

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
  // The charts are read side by side, so they share their axis.
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

const SLOTS = [2, 3, 4, 5];
const DASHES = ['', '9 3 2 3', '2 3', '7 4'];

/** How a modality's line looks in a chart with several modalities. */
function modalityMark(modality: string, modalities: readonly string[]): Mark {
  const at = Math.max(0, modalities.indexOf(modality)) % SLOTS.length;
  return { slot: SLOTS[at]!, dash: DASHES[at]! };
}

function linesOf(weights: Lines): NamedLine[] {
  return Object.entries(NAMES).flatMap(([key, name]) => {
    const points = pointsOf(weights, key);
    return points.length === 0 ? [] : [{ name, points }];
  });
}

function band(low: readonly Point[], high: readonly Point[], fill: string, fillOpacity: number) {
  const area = low.map(({ epoch, value }) => ({ epoch, low: value, high: valueAt(high, epoch) }));
  return areaY(area, { x: 'epoch', y1: 'low', y2: 'high', fill, fillOpacity });
}
