import type { Interactions } from '@balanced-rec/interactions';
import type { FeatureMatrix } from './features/feature-matrix.js';
import type { Finding } from './findings/finding.js';

/** How a dataset lies on disk: MMRec's `<name>.inter` table, or LATTICE's `5-core/{train,val,test}.json`. */
export type DatasetLayout = 'mmrec' | 'lattice';

/** What a dataset holds, wherever it came from: read from a folder, synthesized, or built by a program. */
export interface DatasetContent {
  readonly name: string;
  /** User ids are 0 to `userCount - 1`. */
  readonly userCount: number;
  /** Item ids are 0 to `itemCount - 1`; all of them are candidates in ranking. */
  readonly itemCount: number;
  readonly train: Interactions;
  readonly validation: Interactions;
  readonly test: Interactions;
  /** One matrix for each modality, each with `itemCount` rows. */
  readonly features: Readonly<Record<string, FeatureMatrix>>;
  /** The keys of `features` in the order of {@link orderModalities}. */
  readonly modalities: readonly string[];
}

/** A dataset read from a folder, with its fingerprint and what was found untidy in it. */
export interface Dataset extends DatasetContent {
  /** The absolute path of the folder. */
  readonly path: string;
  readonly layout: DatasetLayout;
  /** {@link hashDataset} of the content: the same in either layout, whatever the name, path and storage type. */
  readonly hash: string;
  readonly findings: readonly Finding[];
}
