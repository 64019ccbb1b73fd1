/** The sizes of a generated dataset. */
export interface DataShape {
  readonly users: number;
  readonly items: number;
  /** The number of training interactions. */
  readonly interactions: number;
  /** Columns of the image features; 0 for a dataset without images. */
  readonly imageDim: number;
  /** Columns of the text features; 0 for a dataset without texts. */
  readonly textDim: number;
}

/** The sizes of Amazon Baby with the field's usual preprocessing. */
export const babyShape: DataShape = { users: 19_445, items: 7050, interactions: 119_674, imageDim: 4096, textDim: 384 };

/** The data to measure with: a folder or generated data. */
export type DataSource = { readonly folder: string } | { readonly shape: DataShape; readonly seed: number };
