/** Stands where there is no run to show. */
export const MISSING = '–';

/** A score as every table shows it: four decimals. */
export function formatScore(value: number): string {
  return value.toFixed(4);
}

/** A relative change in percent with its sign, one decimal: `+7.7%`, `−1.2%`, `0.0%`. */
export function formatChange(percent: number): string {
  if (!Number.isFinite(percent)) return MISSING;
  const digits = Math.abs(percent).toFixed(1);
  if (Number(digits) === 0) return '0.0%';
  return `${percent > 0 ? '+' : '−'}${digits}%`;
}

/** A whole number with thin groups that do not depend on the machine's locale: 19,445. */
export function formatCount(value: number): string {
  return Math.round(value)
    .toString()
    .replace(/\B(?=(\d{3})+$)/g, ',');
}
