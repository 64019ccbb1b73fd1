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
  readonly #filters: readonly string[];
  readonly #listener: (step: Step) => void;
  #begun = performance.now();

  /** @param filters the filters that were asked for, for the error when nothing is left */
  constructor(workspace: Workspace, filters: readonly string[], listener: (step: Step) => void) {
    this.#workspace = workspace;
    this.#filters = filters;
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
      remedy:
        this.#filters.length === 0
          ? 'check that these are the right files and columns'
          : `filter less: check ${this.#filters.join(', ')}`,
    });
  }
}
