import { BalancedRecError } from '@balanced-rec/errors';

/** What users or items are called outside: their original ids where these are known, else their numbers from 0. */
export class Ids {
  readonly count: number;
  readonly #originals: readonly string[] | undefined;
  readonly #numbers: ReadonlyMap<string, number> | undefined;

  private constructor(count: number, originals?: readonly string[]) {
    this.count = count;
    this.#originals = originals;
    this.#numbers = originals && new Map(originals.map((id, number) => [id, number]));
  }

  /** They are called by their numbers. */
  static numbers(count: number): Ids {
    return new Ids(count);
  }

  /**
   * They are called by ids of their own.
   * @param originals the id of each, in the order of their numbers; all different
   */
  static originals(originals: readonly string[]): Ids {
    return new Ids(originals.length, originals);
  }

  /** Whether they have original ids. */
  get areOriginal(): boolean {
    return this.#originals !== undefined;
  }

  /** What number `number` is called: its original id, or the number itself where there are none. */
  idOf(number: number): string | number {
    return this.#originals?.[number] ?? number;
  }

  /** The number of what is called `id`; undefined where nothing is. */
  find(id: string | number): number | undefined {
    if (this.#numbers) return this.#numbers.get(String(id));
    const number = /^(0|[1-9]\d{0,9})$/.test(String(id)) ? Number(id) : this.count;
    return number < this.count ? number : undefined;
  }

  /**
   * @param role says in errors what these are
   * @throws BalancedRecError `recommender/unknown-user`, `recommender/unknown-item`
   */
  numberOf(id: string | number, role: 'user' | 'item', place: string): number {
    const number = this.find(id);
    if (number !== undefined) return number;
    throw new BalancedRecError({
      code: `recommender/unknown-${role}`,
      message: `the model knows no such ${role}`,
      place,
      expected: this.areOriginal ? `an original ${role} id of the dataset` : `a number from 0 to ${this.count - 1}`,
      found: JSON.stringify(id).slice(0, 100),
      remedy: `name ${role === 'item' ? 'an item' : 'a user'} that the model was trained with`,
    });
  }
}
