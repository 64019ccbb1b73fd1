import { barY, pointer, ruleY, text, tip } from '@observablehq/plot';
import type { Group, Panel } from '../../page-data/page-data.js';
import { type Chart, type ChartMaker, colour, draw, score, tipStyle } from './chart.js';

const KINDS = [
  { of: 'users', title: 'Users by activity', axis: 'training interactions of the user' },
  { of: 'items', title: 'Items by popularity', axis: 'training interactions of the item' },
] as const;

/** The width in pixels that keeps a bar's label clear of the next one. */
const LABEL_WIDTH = 58;

/** Users by activity and items by popularity: what each variant changes compared with plain. */
export const gains: ChartMaker = ({ data, panel, metric, shown }): Chart[] => {
  return KINDS.flatMap(({ of, title, axis }): Chart[] => {
    const plain = panel?.series.find(({ variant }) => variant === 'plain')?.[of] ?? [];
    const measured = panel && measuredFor(plain, metric);
    if (!measured) return [];
    const name = data.labels[measured] ?? measured;
    const bars = barsOf(panel, plain, of, measured, shown);
    if (bars.length === 0) return [];
    const spoken = bars.map(({ group, variant, change }) => `${variant} ${change} for ${group}`).join(', ');
    const label = `${panel.dataset} · ${panel.backbone}: difference from plain in ${name}, by ${axis}: ${spoken}.`;
    const place = { fx: 'group', x: 'variant', y: 'difference' };
    const labels = [
      text(bars, { ...place, text: 'change', dy: -8, filter: ({ difference }) => difference >= 0 }),
      text(bars, { ...place, text: 'change', dy: 9, filter: ({ difference }) => difference < 0 }),
    ];
    const marks = (width: number) => [
      barY(bars, { ...place, fill: 'fill', insetLeft: 2, insetRight: 2 }),
      ruleY([0], { stroke: 'currentColor' }),
      ...(width / bars.length < LABEL_WIDTH ? [] : labels),
      tip(bars, pointer({ ...place, title: 'tip', ...tipStyle })),
    ];
    const plot = (width: number) =>
      draw(label, marks(width), {
        width,
        height: 280,
        x: { axis: null, padding: 0.3, domain: [...new Set(bars.map(({ variant }) => variant))] },
        fx: {
          label: axis,
          labelAnchor: 'center',
          labelArrow: 'none',
          axis: 'bottom',
          domain: plain.map((one) => one.label),
        },
        y: { label: `difference in ${name}`, grid: true, nice: true, ticks: 5, inset: 14 },
        color: { type: 'identity' },
      });
    return [
      {
        title: `${title}: ${name}`,
        label,
        plot,
        columns: [
          'Interactions',
          of === 'users' ? 'Users' : 'Test interactions',
          'Variant',
          'Plain',
          'Variant’s',
          'Change',
        ],
        rows: bars.map((bar) => [bar.group, bar.count, bar.variant, score(bar.plain), score(bar.value), bar.change]),
      },
    ];
  });
};

function barsOf(
  panel: Panel,
  plain: readonly Group[],
  of: 'users' | 'items',
  metric: string,
  shown: ReadonlySet<string>,
) {
  const others = panel.series.filter(({ variant }) => variant !== 'plain' && shown.has(variant));
  return others.flatMap(({ label: variant, mark, [of]: groups }) =>
    groups.flatMap(({ label: group, values }) => {
      const base = plain.find((one) => one.label === group);
      const [from, to] = [base?.values[metric], values[metric]];
      if (!base || from === undefined || to === undefined) return [];
      const percent = from === 0 ? undefined : ((to - from) / from) * 100;
      const change = percent === undefined ? '' : `${percent < 0 ? '−' : '+'}${Math.abs(percent).toFixed(1)}%`;
      const tip = `${group} interactions\nplain  ${score(from)}\n${variant}  ${score(to)}  ${change}`;
      return [
        {
          group,
          count: base.count,
          variant,
          plain: from,
          value: to,
          difference: to - from,
          change,
          tip,
          fill: colour(mark),
        },
      ];
    }),
  );
}

/** The metric itself, or the recall at its cutoff: items have recall only. */
function measuredFor([group]: readonly Group[], metric: string): string | undefined {
  const names = Object.keys(group?.values ?? {});
  return [metric, metric.replace(/^.*@/, 'recall@'), names[0]].find(
    (name) => name !== undefined && names.includes(name),
  );
}
