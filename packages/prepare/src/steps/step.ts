/** What a step left. */
export interface Step {
  /** What was done. */
  readonly step: string;
  readonly rows: number;
  readonly users: number;
  readonly items: number;
  /** Of a k-core: how often users and items were counted anew. */
  readonly rounds?: number;
  readonly seconds: number;
}
