/** The parts of training, validation and test as whole numbers of the same proportions. */
export function wholeRatios(ratios: string): [number, number, number] {
  const parts = ratios.split(':');
  const places = Math.max(...parts.map((part) => part.split('.')[1]?.length ?? 0));
  const [train, validation, test] = parts.map((part) => Math.round(Number(part) * 10 ** places));
  return [train!, validation!, test!];
}

/**
 * SQL for how many of a user's `n` interactions go to validation and to test: their share, rounded half up, at least one each;
 * but the first goes to training, the second to test, and only the third to validation.
 */
export function heldOutSizes(ratios: string): { validation: string; test: string } {
  const parts = wholeRatios(ratios);
  const whole = parts[0] + parts[1] + parts[2];
  const share = (part: number) => `greatest(1, (2 * n * ${part} + ${whole}) // ${2 * whole})`;
  const test = `(CASE WHEN n = 1 THEN 0 WHEN n = 2 THEN 1 ELSE least(${share(parts[2])}, n - 2) END)`;
  const validation = `(CASE WHEN n <= 2 THEN 0 ELSE least(${share(parts[1])}, n - 1 - ${test}) END)`;
  return { validation, test };
}
