import type { RawFormat } from './raw-log-writer.js';

/** How far a generation is. */
export interface SynthesisProgress {
  /** `users`, or the features of a modality: `text features`. */
  readonly stage: string;
  readonly done: number;
  readonly total: number;
}

/** How a generated dataset is written. */
export interface SynthesisTarget {
  /** Replaces what is in the folder. */
  readonly overwrite?: boolean;
  /** Writes `raw/interactions.<format>` besides, with `raw/items.txt`, which names the item of each row of the features. */
  readonly raw?: RawTarget;
  /** Hears how far it is, after each user and each block of features. */
  readonly onProgress?: (progress: SynthesisProgress) => void;
  /** Ends the generation; it then rejects with the signal's reason, and leaves nothing. */
  readonly signal?: AbortSignal;
}

/** How to write the interactions as a raw log as well. */
export interface RawTarget {
  readonly format: RawFormat;
  /** Writes `.gz`. */
  readonly compress?: boolean;
}
