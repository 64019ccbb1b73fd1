import type { RawFormat } from './raw-log-writer.js';

/** The progress of a generation. */
export interface SynthesisProgress {
  /** `users`, or the features of a modality, for example `text features`. */
  readonly stage: string;
  readonly done: number;
  readonly total: number;
}

/** How to write a generated dataset. */
export interface SynthesisTarget {
  /** Replaces the existing content of the folder. */
  readonly overwrite?: boolean;
  /** Also writes `raw/interactions.<format>`, and `raw/items.txt` with the item of each feature row. */
  readonly raw?: RawTarget;
  /** Called after each user and each block of features. */
  readonly onProgress?: (progress: SynthesisProgress) => void;
  /** Aborts the generation, which then rejects with the signal's reason and leaves nothing behind. */
  readonly signal?: AbortSignal;
}

/** How to write the interactions as a raw log as well. */
export interface RawTarget {
  readonly format: RawFormat;
  /** Compresses the log to `.gz`. */
  readonly compress?: boolean;
}
