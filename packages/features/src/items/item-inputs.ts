/** Why an item has no vector of its own. */
export type FaultReason = 'missing' | 'empty' | 'refused' | 'too-large' | 'undecodable' | 'not-finite';

/** An item's text, image or vector cannot be used: the item gets the fallback, and the record says why. */
export class Fault {
  readonly reason: FaultReason;
  /** One line for the record. */
  readonly detail: string;

  constructor(reason: FaultReason, detail: string) {
    this.reason = reason;
    this.detail = detail;
  }
}

/** What an item gives an encoder to work on. */
export interface Input<Content> {
  /** The item's row in the feature file. */
  readonly row: number;
  /** Changes whenever the content does: progress is kept only for the same stamps. */
  readonly stamp: string;
  read(): Promise<Content | Fault>;
}

/** All inputs of a modality, and the items that have none. */
export interface Inputs<Content> {
  /** Of all items, by row. */
  readonly ids: readonly string[];
  /** In the order in which they are encoded. */
  readonly inputs: readonly Input<Content>[];
  /** By row. */
  readonly faults: ReadonlyMap<number, Fault>;
  /** Where the inputs come from, for the record. */
  readonly source: Readonly<Record<string, unknown>>;
  /** Whatever else is good to know, counted. */
  readonly notes: readonly string[];
}
