/** A mean over users, and how far chance in the choice of users may take it. */
export interface Estimate {
  readonly mean: number;
  /** The standard error of the mean. */
  readonly error: number;
}

export function estimateOf(values: Float64Array): Estimate {
  const count = values.length;
  if (count === 0) return { mean: 0, error: 0 };
  const mean = values.reduce((sum, value) => sum + value, 0) / count;
  const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  return { mean, error: count > 1 ? Math.sqrt(squares / (count - 1) / count) : 0 };
}

/** How much larger the values of `ones` are than those of `others`, user by user. */
export function differenceOf(ones: Float64Array, others: Float64Array): Estimate {
  return estimateOf(ones.map((value, user) => value - others[user]!));
}

/** Whether a difference is above 0 by more than twice its standard error. */
export function isClear({ mean, error }: Estimate): boolean {
  return mean > 2 * error;
}
