import { dot, link, pointer, ruleX, text, tip } from '@observablehq/plot';
import { type Chart, type ChartMaker, colour, score } from './chart.js';
import { draw } from './draw.js';

/** Pixels between the variants of one row. */
const STEP = 13;

/** Differences from plain with their confidence intervals, one row per dataset x backbone. */
export const differences: ChartMaker = ({ data, metric, shown }): Chart[] => {
  const all = (data.differences[metric] ?? []).filter(({ variant }) => shown.has(variant));
  if (all.length === 0) return [];
  const variants = [...new Set(all.map(({ variant }) => variant))];
  const places = [...new Set(all.map(({ place }) => place))];
  const name = data.labels[metric] ?? metric;
  const label = `Difference from plain in test ${name}, with 95% intervals: ${all.map((one) => `${one.place}, ${one.label} ${score(one.difference)} (${score(one.low)} to ${score(one.high)})`).join('; ')}.`;
  const layers = variants.flatMap((variant, at) => {
    const rows = all
      .filter((one) => one.variant === variant)
      .map((one) => ({
        ...one,
        tip: `${one.place}\n${one.label} − plain  ${score(one.difference)}${one.stars}\n95% interval  ${score(one.low)} to ${score(one.high)}`,
      }));
    const dy = (at - (variants.length - 1) / 2) * STEP;
    const stroke = colour(rows[0]!.mark);
    return [
      link(rows, { x1: 'low', x2: 'high', y1: 'place', y2: 'place', stroke, strokeWidth: 2, dy }),
      dot(rows, { x: 'difference', y: 'place', fill: stroke, r: 4.5, dy }),
      text(rows, { x: 'high', y: 'place', text: 'stars', textAnchor: 'start', dx: 6, dy: dy + 2 }),
      tip(rows, pointer({ x: 'difference', y: 'place', title: 'tip', dy, lineWidth: 60, className: 'tip' })),
    ];
  });
  const longest = Math.max(...places.map((place) => place.length));
  const plot = (width: number) =>
    draw(label, [ruleX([0], { stroke: 'currentColor', strokeDasharray: '3 3' }), ...layers], {
      width,
      height: 60 + places.length * Math.max(26, STEP * (variants.length + 1)),
      marginTop: 8,
      marginLeft: Math.min(width * 0.42, 16 + longest * 6.8),
      marginRight: 34,
      x: { label: `difference in ${name}`, grid: true, nice: true, ticks: Math.max(3, Math.floor(width / 140)) },
      y: { type: 'point', label: null, domain: places, tickSize: 0, padding: 0.6 },
    });
  return [
    {
      title: `Difference from plain in test ${name}`,
      label,
      plot,
      columns: ['Dataset, backbone', 'Variant', 'Difference', 'Low', 'High'],
      rows: all.map((one) => [one.place, one.label, score(one.difference), score(one.low), score(one.high)]),
    },
  ];
};
