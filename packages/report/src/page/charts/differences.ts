import { dot, pointer, ruleX, ruleY, text, tip } from '@observablehq/plot';
import { type Chart, type ChartMaker, colour, draw, score, tipStyle } from './chart.js';

/** Differences from plain with their confidence intervals: one row per dataset x backbone, one line in it per variant. */
export const differences: ChartMaker = ({ data, metric, shown }): Chart[] => {
  const rows = (data.differences[metric] ?? [])
    .filter(({ variant }) => shown.has(variant))
    .map((one) => ({
      ...one,
      colour: colour(one.mark),
      tip: `${one.place}\n${one.label} − plain  ${score(one.difference)}${one.stars}\n95% interval  ${score(one.low)} to ${score(one.high)}`,
    }));
  if (rows.length === 0) return [];
  const variants = [...new Set(rows.map(({ label }) => label))];
  const places = [...new Set(rows.map(({ place }) => place))];
  const name = data.labels[metric] ?? metric;
  const title = `Difference from plain in test ${name}`;
  const spoken = rows.map((one) => {
    return `${one.place}, ${one.label} ${score(one.difference)} (${score(one.low)} to ${score(one.high)})`;
  });
  const label = `${title}, with 95% intervals: ${spoken.join('; ')}.`;
  const row = { fy: 'place', y: 'label' };
  const marks = [
    ruleX([0], { stroke: 'currentColor', strokeDasharray: '3 3' }),
    ruleY(rows, { ...row, x1: 'low', x2: 'high', stroke: 'colour', strokeWidth: 2 }),
    dot(rows, { ...row, x: 'difference', fill: 'colour', r: 4.5 }),
    text(rows, { ...row, x: 'high', text: 'stars', textAnchor: 'start', dx: 6, dy: 2 }),
    tip(rows, pointer({ ...row, x: 'difference', title: 'tip', ...tipStyle })),
  ];
  const longest = Math.max(...places.map((place) => place.length));
  const plot = (width: number) =>
    draw(label, marks, {
      width,
      height: 54 + places.length * (14 + 13 * variants.length),
      marginTop: 6,
      marginLeft: Math.min(width * 0.42, 16 + longest * 6.8),
      marginRight: 34,
      x: { label: `difference in ${name}`, grid: true, nice: true, ticks: Math.max(3, Math.floor(width / 140)) },
      y: { type: 'point', axis: null, domain: variants, padding: 0.6 },
      fy: { axis: 'left', label: null, domain: places, padding: 0 },
      color: { type: 'identity' },
    });
  return [
    {
      title,
      label,
      plot,
      columns: ['Dataset, backbone', 'Variant', 'Difference', 'Low', 'High'],
      rows: rows.map((one) => [one.place, one.label, score(one.difference), score(one.low), score(one.high)]),
    },
  ];
};
