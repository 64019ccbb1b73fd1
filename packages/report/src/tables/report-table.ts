/** A table before it is rendered as HTML, Markdown or LaTeX, so that all of them show the same numbers. */
export interface ReportTable {
  readonly title: string;
  /** How to read it: the sentences of the caption. */
  readonly notes: readonly string[];
  /** The first column names the rows. */
  readonly columns: readonly ReportColumn[];
  /** Grouped by dataset: the rows of one dataset are adjacent. */
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
  readonly marks?: string | undefined;
  /** What follows a mean, such as `± 0.0012`. */
  readonly spread?: string | undefined;
  /** Whether it is the best of its row. */
  readonly best?: boolean | undefined;
  /** The sort key, at full precision. Without it, cells are sorted by their text. */
  readonly value?: number | undefined;
}

/** An additional table for a report, computed by the caller. */
export interface ExtraTable {
  readonly title: string;
  /** How to read it, in a sentence or two. */
  readonly text?: string | undefined;
  readonly columns: readonly string[];
  /** One text per column. The first names the row. */
  readonly rows: readonly (readonly string[])[];
}
