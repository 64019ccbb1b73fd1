import type { DatasetLayout } from '../dataset.js';

/** What to read of a folder, and how strictly. */
export interface ReadOptions {
  /** The modalities to read; all that have a `<modality>_feat.npy` where left out. */
  readonly modalities?: readonly string[] | undefined;
  /** The dataset's name; that of the `.inter` table or of the LATTICE folder where left out. */
  readonly name?: string | undefined;
  /** Whether a dataset without any features is an error. Default true. */
  readonly requireFeatures?: boolean | undefined;
  /** Which layout to read where the folder holds both. */
  readonly layout?: DatasetLayout | undefined;
}
