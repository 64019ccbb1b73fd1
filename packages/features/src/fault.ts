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
