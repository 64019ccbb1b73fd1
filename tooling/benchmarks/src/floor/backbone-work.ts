import type { RowsPerStep, Sizes } from './sizes.js';
import type { Work } from './work.js';

/** The least work a backbone's formulation requires, on any machine and in any program. */
export interface BackboneWork {
  /** Width of the embeddings it scores with. */
  scoreWidth(sizes: Sizes): number;
  /** A training step after the first of an epoch, without teachers; distilled if `rows.distilled` gives the rows. */
  step(work: Work, sizes: Sizes, rows: RowsPerStep): void;
  /** The tables of all users and items that an evaluation of the joint view needs. */
  tables(work: Work, sizes: Sizes): void;
}
