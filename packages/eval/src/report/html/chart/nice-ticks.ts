import type { Ticks } from './chart-kit.js';

/** At most about `count` round numbers within [low, high]: steps of 1, 2, 2.5 or 5 times a power of ten. */
export function niceTicks(low: number, high: number, count: number, whole: boolean): Ticks {
  const span = high > low ? high - low : Math.abs(high) || 1;
  const rough = span / Math.max(1, count);
  const power = 10 ** Math.floor(Math.log10(rough));
  const factor = [1, 2, 2.5, 5, 10].find((candidate) => candidate * power >= rough * 0.999) ?? 10;
  let step = factor * power;
  if (whole) step = Math.max(1, Math.ceil(step));
  const from = Math.ceil(low / step - 1e-9);
  const to = Math.floor(high / step + 1e-9);
  const values = Array.from({ length: Math.max(0, to - from + 1) }, (_, at) =>
    Number(((from + at) * step).toPrecision(12)),
  );
  let decimals = 0;
  while (decimals < 8 && Math.abs(step * 10 ** decimals - Math.round(step * 10 ** decimals)) > 1e-6) decimals++;
  return { values, decimals };
}
