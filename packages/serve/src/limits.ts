/** What one request, and all of them together, may ask for. */
export interface Limits {
  /** Items in a list. */
  readonly k: number;
  /** Users in a request. */
  readonly users: number;
  /** Items in a request's `history`, and in its `exclude`. */
  readonly items: number;
  /** Bytes of a request's body. */
  readonly bodyBytes: number;
  /** Seconds in which a request must have arrived, and then its turn have come. */
  readonly seconds: number;
  /** Requests that wait for their turn; any more are sent away with 503. */
  readonly waiting: number;
  readonly connections: number;
  /** Seconds that requests in flight have when the service is stopped. */
  readonly stopSeconds: number;
}

/** The limits where none are given. */
export const defaultLimits: Limits = {
  k: 100,
  users: 100,
  items: 1000,
  bodyBytes: 64 * 1024,
  seconds: 10,
  waiting: 100,
  connections: 1000,
  stopSeconds: 10,
};
