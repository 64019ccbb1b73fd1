import { BalancedRecError } from '@balanced-rec/errors';

/** The external ids of users or items: their original ids if known, otherwise their numbers from 0. */
export class Ids {
  readonly count: number;
  readonly #originals: readonly string[] | undefined;
  readonly #numbers: ReadonlyMap<string, number> | undefined;

  private constructor(count: number, originals?: readonly string[]) {
    this.count = count;
    this.#originals = originals;
    this.#numbers = originals && new Map(originals.map((id, number) => [id, number]));
  }

  /** Ids that are the numbers themselves. */
  static numbers(count: number): Ids {
    return new Ids(count);
  }

  /**
   * Original ids.
   * @param originals the ids in order of their numbers; all distinct
   */
  static originals(originals: readonly string[]): Ids {
    return new Ids(originals.length, originals);
  }

  /** Whether these are original ids. */
  get areOriginal(): boolean {
    return this.#originals !== undefined;
  }

  /** The id of `number`: its original id, or the number itself if there are no original ids. */
  idOf(number: number): string | number {
    return this.#originals?.[number] ?? number;
  }

  /** The number that `id` stands for; undefined if the id is unknown. */
  find(id: string | number): number | undefined {
    if (this.#numbers) return this.#numbers.get(String(id));
    const number = /^(0|[1-9]\d{0,9})$/.test(String(id)) ? Number(id) : this.count;
    return number < this.count ? number : undefined;
  }

  /**
   * @param role what the ids stand for, for error messages
   * @throws BalancedRecError `recommender/unknown-user`, `recommender/unknown-item`
   */
  numberOf(id: string | number, role: 'user' | 'item', place: string): number {
    const number = this.find(id);
    if (number !== undefined) return number;
    throw new BalancedRecError({
      code: `recommender/unknown-${role}`,
      message: `the model does not know this ${role}`,
      place,
      expected: this.areOriginal ? `an original ${role} id of the dataset` : `a number from 0 to ${this.count - 1}`,
      found: JSON.stringify(id).slice(0, 100),
      remedy: `use ${role === 'item' ? 'an item' : 'a user'} that the model was trained with`,
    });
  }
}
