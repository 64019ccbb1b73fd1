/** Median milliseconds of `repeats` calls, after warm-up calls for caches and compilers. */
export function medianMilliseconds(repeats: number, work: () => void): number {
  for (let k = 0; k < Math.min(3, repeats); k++) work();
  const times = Array.from({ length: repeats }, () => {
    const start = performance.now();
    work();
    return performance.now() - start;
  });
  return rounded(median(times));
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
}

/** Rounds to three significant digits, because more would be noise. */
export function rounded(value: number): number {
  return Number(value.toPrecision(3));
}

/** Milliseconds as seconds, rounded. */
export function seconds(milliseconds: number): number {
  return rounded(milliseconds / 1000);
}
