import { BalancedRecError } from '@balanced-rec/errors';
import type { Workspace } from '../duckdb/workspace.js';

/** What a step left. */
export interface Step {
  /** What was done. */
  readonly step: string;
  readonly rows: number;
  readonly users: number;
  readonly items: number;
  /** For a k-core: how many times users and items were counted again. */
  readonly rounds?: number;
  readonly seconds: number;
}

/** Counts what each step leaves. */
export class StepLog {
  readonly steps: Step[] = [];
  readonly #workspace: Workspace;
  readonly #listener: (step: Step) => void;
  #begun = performance.now();

  constructor(workspace: Workspace, listener: (step: Step) => void) {
    this.#workspace = workspace;
    this.#listener = listener;
  }

  get last(): Step {
    return this.steps.at(-1)!;
  }

  /**
   * Records a step that left `interactions` in its current state.
   *
   * @throws BalancedRecError `prepare/nothing-left`
   */
  async done(name: string, details: { rounds?: number } = {}): Promise<void> {
    const [rows, users, items] = await this.#workspace.numbers(
      `SELECT count(*), (SELECT count(*) FROM (SELECT DISTINCT "user" FROM interactions)),
         (SELECT count(*) FROM (SELECT DISTINCT item FROM interactions)) FROM interactions`,
      `counting after: ${name}`,
    );
    if (rows === 0) throw this.#nothingLeft(name);
    const seconds = Math.round(performance.now() - this.#begun) / 1000;
    const step = { step: name, rows: rows!, users: users!, items: items!, ...details, seconds };
    this.steps.push(step);
    this.#begun = performance.now();
    this.#listener(step);
  }

  #nothingLeft(name: string): BalancedRecError {
    const before = this.steps.at(-1);
    return new BalancedRecError({
      code: 'prepare/nothing-left',
      message: 'no interactions are left',
      place: name,
      expected: 'some',
      found: before ? `${before.rows} rows before this step, none after it` : 'none',
      remedy: 'filter less, with a lower --min-rating or --core',
    });
  }
}
