/** Runs checks, printing each result as soon as it is known and counting them. */
export class Checks {
  #passed = 0;
  #failed = 0;

  get failed(): number {
    return this.#failed;
  }

  get summary(): string {
    return `${this.#passed} passed, ${this.#failed} failed`;
  }

  /**
   * Runs one check. `body` throws if the check fails, and may return a text that says what it measured.
   * @returns whether the check passed
   */
  async check(name: string, body: () => Promise<unknown>): Promise<boolean> {
    const start = performance.now();
    try {
      const measured = await body();
      this.#passed += 1;
      const seconds = ((performance.now() - start) / 1000).toFixed(1);
      console.log(`ok: ${name} (${seconds} s)${typeof measured === 'string' ? `: ${measured}` : ''}`);
      return true;
    } catch (error) {
      this.#failed += 1;
      console.error(`FAILED: ${name}\n${error instanceof Error ? error.message : error}`);
      return false;
    }
  }

  /** Runs checks that each depend on the one before, stopping at the first failure. */
  async inTurn(checks: Readonly<Record<string, () => Promise<unknown>>>): Promise<void> {
    for (const [name, body] of Object.entries(checks)) if (!(await this.check(name, body))) return;
  }
}
