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

/** Whether the values of `ones` are larger than those of `others`, user by user, by more than twice the standard error. */
export function isClearlyMore(ones: Float64Array, others: Float64Array): boolean {
  const { mean, error } = estimateOf(ones.slice(0, others.length).map((value, user) => value - others[user]!));
  return mean > 2 * error;
}
