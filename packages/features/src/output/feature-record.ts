import type { Fault, FaultReason } from '../fault.js';

/** An item that got the fallback, and why. */
export interface RecordedFault {
  readonly row: number;
  readonly id: string;
  readonly reason: FaultReason;
  readonly detail: string;
}

/** `<modality>_features.json`: where a feature file comes from. The same inputs give the same record. */
export interface FeatureRecord {
  readonly format: 'balanced-rec features 1';
  readonly modality: string;
  readonly rows: number;
  readonly dimension: number;
  /** Identifies inputs, encoder and settings; features of the same key are the same. Imported vectors have none. */
  readonly key?: string;
  /** Of the feature file. */
  readonly sha256: string;
  /** The columns, table or folder. */
  readonly source: Readonly<Record<string, unknown>>;
  /** Its name, what it says of itself, and the batch size. */
  readonly encoder: Readonly<Record<string, unknown>>;
  /** Other things that were counted. */
  readonly notes: readonly string[];
  /** Rows with a vector of their own. */
  readonly encoded: number;
  /** What the others got. */
  readonly fallback: string;
  /** How many others, by reason. */
  readonly faults: Readonly<Partial<Record<FaultReason, number>>>;
  /** Each of them. */
  readonly fallbackRows: readonly RecordedFault[];
}

/** How many faults of each kind there are. */
export function faultCounts(faults: ReadonlyMap<number, Fault>): Partial<Record<FaultReason, number>> {
  const counts: Partial<Record<FaultReason, number>> = {};
  for (const { reason } of faults.values()) counts[reason] = (counts[reason] ?? 0) + 1;
  return Object.fromEntries(Object.entries(counts).sort()) as typeof counts;
}
