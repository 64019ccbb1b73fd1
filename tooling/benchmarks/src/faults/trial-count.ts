/** How often a fault was injected, and how often the required behaviour held. */
export interface TrialCount {
  readonly fault: string;
  /** The behaviour required each time. */
  readonly must: string;
  readonly tried: number;
  readonly held: number;
  /** What went wrong, or other details. */
  readonly notes: readonly string[];
}

/** Counts the trials of one fault. A trial that throws counts as not held. */
export class TrialCounter {
  readonly #notes: string[] = [];
  #tried = 0;
  #held = 0;

  constructor(
    readonly fault: string,
    readonly must: string,
  ) {}

  async try(name: string, attempt: () => void | Promise<void>): Promise<void> {
    this.#tried++;
    try {
      await attempt();
      this.#held++;
      process.stderr.write(`held    ${this.fault}: ${name}\n`);
    } catch (error) {
      this.#notes.push(`${name}: ${error instanceof Error ? error.message : error}`);
      process.stderr.write(`NOT     ${this.fault}: ${this.#notes.at(-1)}\n`);
    }
  }

  note(text: string): void {
    this.#notes.push(text);
  }

  get count(): TrialCount {
    return { fault: this.fault, must: this.must, tried: this.#tried, held: this.#held, notes: this.#notes };
  }
}

/** @throws Error with the message `what` if `holds` is falsy */
export function must(holds: unknown, what: string): asserts holds {
  if (!holds) throw new Error(what);
}
