import { type Markish, type PlotOptions, plot } from '@observablehq/plot';
import type { Mark, PageData, Panel } from '../../page-data/page-data.js';

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
  /** Undefined where no run has a curve. */
  readonly panel: Panel | undefined;
  readonly metric: string;
  /** The variants that the section's legend has switched on. */
  readonly shown: ReadonlySet<string>;
}

/** Makes the charts of one kind for what was chosen; none where there is nothing to show. */
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
