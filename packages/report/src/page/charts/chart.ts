import { dot, lineY, type Markish, type PlotOptions, plot, pointerX, ruleX, tip } from '@observablehq/plot';
import type { Mark, PageData, Panel } from '../../page-data/page-data.js';
import { type Point, valueAt } from './lines.js';

/** A chart before it has a width. */
export interface Chart {
  readonly title: string;
  /** What a screen reader says instead of the picture. */
  readonly label: string;
  /** Names the lines that the section's legend does not name. */
  readonly legend?: readonly { readonly label: string; readonly mark: Mark }[] | undefined;
  plot(width: number): Element;
  /** The numbers behind the picture. */
  readonly columns: readonly string[];
  readonly rows: readonly (readonly (string | number)[])[];
}

/** What the reader chose. */
export interface ChartRequest {
  readonly data: PageData;
  /** Undefined if no run has a curve. */
  readonly panel: Panel | undefined;
  readonly metric: string;
  /** The variants that the section's legend has switched on. */
  readonly shown: ReadonlySet<string>;
}

/** Makes the charts of one kind for the reader's choice; none if there is nothing to show. */
export type ChartMaker = (request: ChartRequest) => Chart[];

/** A score as the tables show it. */
export function score(value: number): string {
  return value.toFixed(4).replace('-', '−');
}

/** A palette slot as a colour that follows the page's scheme. */
export function colour({ slot }: Mark): string {
  return `var(--s${slot})`;
}

/** How the values under the pointer look. `stroke` is for their frame. */
export const tipStyle = { lineWidth: 60, lineHeight: 1.35, stroke: 'var(--quiet)', className: 'tip' } as const;

/** Draws marks in the style of the page. The label is what a screen reader says. */
export function draw(label: string, marks: Markish[], { x, y, ...options }: PlotOptions): Element {
  const picture = plot({
    marginTop: 30,
    marginLeft: 58,
    marginRight: 14,
    marginBottom: 40,
    ...options,
    x: { labelAnchor: 'center', labelArrow: 'none', ...x },
    y: { labelArrow: 'none', ...y },
    ariaLabel: label,
    marks,
  });
  picture.setAttribute('role', 'img');
  return picture;
}

/** The axes of a chart by epoch. */
export function epochAxes(width: number, yLabel: string, domain?: readonly [number, number]): PlotOptions {
  return {
    width,
    height: width < 420 ? 240 : 300,
    x: { label: 'epoch', ticks: Math.max(3, Math.floor(width / 90)), tickFormat: 'd' },
    y: { label: yLabel, grid: true, nice: true, ticks: 6, ...(domain ? { domain: [...domain] } : {}) },
  };
}

/** A bold line, or a dot if there is only one point. */
export function meanLine(points: readonly Point[], mark: Mark): Markish {
  const place = { x: 'epoch', y: 'value' };
  if (points.length === 1) return dot(points, { ...place, fill: colour(mark), r: 3 });
  const dash = mark.dash === '' ? {} : { strokeDasharray: mark.dash };
  return lineY(points, { ...place, stroke: colour(mark), strokeWidth: 2.25, ...dash });
}

/** A line that the tip and the data table name. */
export interface NamedLine {
  readonly name: string;
  readonly points: readonly Point[];
}

/** The values of all lines at the epoch under the pointer. */
export function epochTip(lines: readonly NamedLine[]): Markish[] {
  const stops = epochsOf(lines).flatMap((epoch) => {
    const here = lines.flatMap(({ name, points }) => {
      const value = valueAt(points, epoch);
      return value === undefined ? [] : [{ name, value }];
    });
    if (here.length === 0) return [];
    const text = here.map(({ name, value }) => `${name}  ${score(value)}`);
    return [{ epoch, top: Math.max(...here.map(({ value }) => value)), text: [`epoch ${epoch}`, ...text].join('\n') }];
  });
  const x = { x: 'epoch', maxRadius: Number.POSITIVE_INFINITY };
  return [
    ruleX(stops, pointerX({ ...x, stroke: 'currentColor', strokeOpacity: 0.45 })),
    tip(stops, pointerX({ ...x, y: 'top', title: 'text', ...tipStyle })),
  ];
}

/** The numbers as a table: one row per epoch, one column per line, empty if a line has no value. */
export function epochTable(lines: readonly NamedLine[]): { columns: string[]; rows: string[][] } {
  const byEpoch = lines.map(({ points }) => new Map(points.map(({ epoch, value }) => [epoch, value])));
  return {
    columns: ['epoch', ...lines.map(({ name }) => name)],
    rows: epochsOf(lines).map((epoch) => [
      String(epoch),
      ...byEpoch.map((values) => (values.has(epoch) ? score(values.get(epoch)!) : '')),
    ]),
  };
}

function epochsOf(lines: readonly NamedLine[]): number[] {
  return [...new Set(lines.flatMap(({ points }) => points.map(({ epoch }) => epoch)))].sort((a, b) => a - b);
}
