/** What holds and what does not, told as it is found. */
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
   * Runs one check, which throws where something does not hold, and may answer with what it measured.
   * @returns whether it held
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

  /** Checks of which each needs the one before: the first that fails is the last. */
  async inTurn(checks: Readonly<Record<string, () => Promise<unknown>>>): Promise<void> {
    for (const [name, body] of Object.entries(checks)) if (!(await this.check(name, body))) return;
  }
}
