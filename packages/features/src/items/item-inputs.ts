/** Why an item has no vector of its own. */
export type FaultReason = 'missing' | 'empty' | 'refused' | 'too-large' | 'undecodable' | 'not-finite';

/** The reason why an item's text, image or vector cannot be used. The item gets the fallback, and the record says why. */
export class Fault {
  readonly reason: FaultReason;
  /** One line for the record. */
  readonly detail: string;

  constructor(reason: FaultReason, detail: string) {
    this.reason = reason;
    this.detail = detail;
  }
}

/** What an encoder gets from an item. */
export interface Input<Content> {
  /** The item's row in the feature file. */
  readonly row: number;
  /** Changes whenever the content does. Progress is only reused for the same stamps. */
  readonly stamp: string;
  read(): Promise<Content | Fault>;
}

/** All inputs of a modality, and the items without one. */
export interface Inputs<Content> {
  /** The ids of all items, by row. */
  readonly ids: readonly string[];
  /** The inputs in the order in which they are encoded. */
  readonly inputs: readonly Input<Content>[];
  /** The faults by row. */
  readonly faults: ReadonlyMap<number, Fault>;
  /** Where the inputs come from, for the record. */
  readonly source: Readonly<Record<string, unknown>>;
  /** Other observations, counted. */
  readonly notes: readonly string[];
}
