/** The features of one modality: `[rows, columns]`, row-major, row = item id. */
export interface FeatureMatrix {
  readonly rows: number;
  readonly columns: number;
  /** `rows * columns` values; row `r` starts at `r * columns`. */
  readonly values: Float32Array;
}
