import type { RowsPerStep, Sizes } from './sizes.js';
import type { Work } from './work.js';

/** The least work of a backbone as its formulation has it, on whatever machine and in whatever program. */
export interface BackboneWork {
  /** Width of the embeddings that it scores with. */
  scoreWidth(sizes: Sizes): number;
  /** A training step of an epoch that has begun, distilled where `rows.distilled` says of which rows, without its teachers. */
  step(work: Work, sizes: Sizes, rows: RowsPerStep): void;
  /** The tables of all users and items, as an evaluation of the joint view needs them. */
  tables(work: Work, sizes: Sizes): void;
}
