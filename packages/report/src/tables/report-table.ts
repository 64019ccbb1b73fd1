/** A table before it is written as HTML, Markdown or LaTeX, so that all of them hold the same numbers. */
export interface ReportTable {
  readonly title: string;
  /** How to read it: sentences for the caption. */
  readonly notes: readonly string[];
  /** The first heads its rows. */
  readonly columns: readonly ReportColumn[];
  /** Rows by dataset, those of one dataset together. */
  readonly rows: readonly ReportRow[];
}

export interface ReportColumn {
  readonly label: string;
  readonly numeric: boolean;
}

export interface ReportRow {
  readonly dataset: string;
  /** One per column. */
  readonly cells: readonly ReportCell[];
}

export interface ReportCell {
  readonly text: string;
  /** Asterisks of significance. */
  readonly marks?: string;
  /** What follows a mean, such as `± 0.0012`. */
  readonly spread?: string;
  /** The best of its row. */
  readonly best?: boolean;
  /** What to sort by, at full precision; the text where left out. */
  readonly value?: number;
}
