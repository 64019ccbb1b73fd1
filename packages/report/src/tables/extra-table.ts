/** A further table of a report that its caller computed, such as significance tests. */
export interface ExtraTable {
  readonly title: string;
  /** How to read it, in a sentence or two. */
  readonly text?: string;
  readonly columns: readonly string[];
  /** One text per column. The first names the row. */
  readonly rows: readonly (readonly string[])[];
}
