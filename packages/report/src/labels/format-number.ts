/** What a cell shows if there is no run. */
export const MISSING = '–';

/** A score as every table shows it: four decimals. */
export function formatScore(value: number): string {
  return value.toFixed(4).replace(/^-(0\.0000$)?/, (_, zero?: string) => zero ?? '−');
}

/** A difference with its sign: `+0.0123`, `−0.0004`, `0.0000`. */
export function formatDifference(value: number, decimals = 4): string {
  return signed(value, value.toFixed(decimals), '');
}

/** A relative change in percent with its sign, one decimal: `+7.7%`, `−1.2%`, `0.0%`. */
export function formatChange(percent: number): string {
  if (!Number.isFinite(percent)) return MISSING;
  return signed(percent, percent.toFixed(1), '%');
}

/** A p value: three decimals, `<0.001` below. */
export function formatP(p: number): string {
  return p < 0.001 ? '<0.001' : p.toFixed(3);
}

/** A whole number with groups of three digits, whatever the machine's locale: 19,445. */
export function formatCount(value: number): string {
  return Math.round(value)
    .toString()
    .replace(/\B(?=(\d{3})+$)/g, ',');
}

function signed(value: number, digits: string, unit: string): string {
  const magnitude = digits.replace('-', '');
  if (Number(magnitude) === 0) return `${magnitude}${unit}`;
  return `${value > 0 ? '+' : '−'}${magnitude}${unit}`;
}
