/** How far one of our quantities is from the reference. */
export interface Quantity {
  readonly name: string;
  readonly error: number;
  readonly tolerance: number;
}

type Numbers = ArrayLike<number>;

/** Collects the quantities of one fixture. */
export class Comparison {
  readonly quantities: Quantity[] = [];

  /**
   * Compares a group of tensors: error = ||ours - theirs|| / max(||theirs||, 1e-3 x the largest norm in the group), so a
   * tensor that is zero up to rounding is measured relative to its group.
   */
  group(
    name: string,
    tolerance: number,
    pairs: Readonly<Record<string, readonly [ours: Numbers, theirs: Numbers]>>,
  ): void {
    const largest = Math.max(...Object.values(pairs).map(([, theirs]) => norm(theirs)));
    for (const [key, [ours, theirs]] of Object.entries(pairs)) {
      const scale = Math.max(norm(theirs), 1e-3 * largest);
      this.#add(`${name} ${key}`, tolerance, distance(ours, theirs) / (scale || 1));
    }
  }

  /** Compares element by element: error = the largest absolute difference. */
  absolute(name: string, tolerance: number, ours: Numbers, theirs: Numbers): void {
    let error = ours.length === theirs.length ? 0 : Number.POSITIVE_INFINITY;
    for (let k = 0; k < theirs.length; k++) error = Math.max(error, Math.abs(ours[k]! - theirs[k]!));
    this.#add(name, tolerance, error);
  }

  /** Compares values for equality: error = 0 or infinity. */
  exact(name: string, ours: unknown, theirs: unknown): void {
    this.#add(name, 0, JSON.stringify(ours) === JSON.stringify(theirs) ? 0 : Number.POSITIVE_INFINITY);
  }

  #add(name: string, tolerance: number, error: number): void {
    this.quantities.push({ name, tolerance, error });
  }
}

/** NaN never passes. */
export function passes({ error, tolerance }: Quantity): boolean {
  return error <= tolerance;
}

function norm(values: Numbers): number {
  let sum = 0;
  for (let k = 0; k < values.length; k++) sum += values[k]! ** 2;
  return Math.sqrt(sum);
}

function distance(ours: Numbers, theirs: Numbers): number {
  if (ours.length !== theirs.length) return Number.POSITIVE_INFINITY;
  let sum = 0;
  for (let k = 0; k < ours.length; k++) sum += (ours[k]! - theirs[k]!) ** 2;
  return Math.sqrt(sum);
}
