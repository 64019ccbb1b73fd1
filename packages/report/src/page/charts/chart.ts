import type { Mark, PageData, Panel } from '../../page-data/page-data.js';

/** A chart before it has a width. */
export interface Chart {
  readonly title: string;
  /** What a screen reader says instead of the picture. */
  readonly label: string;
  /** Names of lines that the section's legend does not name. */
  readonly legend?: readonly { readonly label: string; readonly mark: Mark }[];
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
  /** Variants that the section's legend has switched on. */
  readonly shown: ReadonlySet<string>;
}

/** Charts of one kind for what was chosen; none where there is nothing to show. */
export type ChartMaker = (request: ChartRequest) => Chart[];

/** A score as the tables show it. */
export function score(value: number): string {
  return value.toFixed(4).replace('-', '−');
}

/** A palette slot as a colour that follows the page's scheme. */
export function colour({ slot }: Mark): string {
  return `var(--s${slot})`;
}
