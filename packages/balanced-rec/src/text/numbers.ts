/** Formats a duration: 8s, 3m 20s, 2h 05m. */
export function formatSeconds(seconds: number): string {
  const whole = Math.max(0, Math.round(seconds));
  if (whole < 60) return `${whole}s`;
  const minutes = Math.floor(whole / 60);
  if (minutes < 60) return `${minutes}m ${String(whole % 60).padStart(2, '0')}s`;
  return `${Math.floor(minutes / 60)}h ${String(minutes % 60).padStart(2, '0')}m`;
}

/** Formats a rate in the unit that makes it at least one: `2.5 s/epoch` or `12 epochs/s`. */
export function formatRate(secondsPerEpoch: number, unit: 'epoch' | 'ep'): string {
  // A clock may be too coarse to tell two very short epochs apart.
  const seconds = Math.max(secondsPerEpoch, 1e-3);
  if (seconds >= 1) return `${twoDigits(seconds)} s/${unit}`;
  return `${twoDigits(1 / seconds)} ${unit === 'epoch' ? 'epochs' : unit}/s`;
}

function twoDigits(value: number): string {
  return value < 9.95 ? value.toFixed(1) : value.toFixed(0);
}

/** Formats a count with thousands separators: 12,345. */
export function formatCount(count: number): string {
  return count.toLocaleString('en-US');
}

/** Formats a fraction of 1 as a percentage with three significant digits, never with an exponent. */
export function formatPercent(share: number): string {
  const value = 100 * share;
  return `${value >= 100 || value === 0 ? Math.round(value) : value >= 0.001 ? Number(value.toPrecision(3)) : '<0.001'} %`;
}
