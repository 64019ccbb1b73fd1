import { areaY, ruleY } from '@observablehq/plot';
import type { Lines } from '../../page-data/page-data.js';
import { type Point, pointsOf, valueAt } from '../lines.js';
import { type Chart, type ChartMaker, colour, score } from './chart.js';
import { draw } from './draw.js';
import { epochAxes } from './epoch-axes.js';
import { epochTable, epochTip, type NamedLine } from './epoch-tip.js';
import { meanLine } from './mean-line.js';
import { modalityMark } from './modality-mark.js';

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
