/** How large a generated dataset is. */
export interface DataShape {
  readonly users: number;
  readonly items: number;
  /** Of training. */
  readonly interactions: number;
  /** Columns of the image features; 0 for a dataset without images. */
  readonly imageDim: number;
  /** Columns of the text features; 0 for a dataset without texts. */
  readonly textDim: number;
}

/** The sizes of Amazon Baby, as the field preprocesses it. */
export const babyShape: DataShape = { users: 19_445, items: 7050, interactions: 119_674, imageDim: 4096, textDim: 384 };

/** What to measure on: a folder, or generated data. */
export type DataSource = { readonly folder: string } | { readonly shape: DataShape; readonly seed: number };
