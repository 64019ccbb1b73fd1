import type { ChartFrame, ChartKit, ChartSpec } from './chart-kit.js';

/** Fits the axes to what is drawn and leaves the margins that their labels need. */
export function chartFrame(kit: ChartKit, spec: ChartSpec, width: number, height: number): ChartFrame {
  const top = 28;
  const bottom = height - 38;
  const lowest = (values: readonly number[]) => values.reduce((a, b) => Math.min(a, b), Number.POSITIVE_INFINITY);
  const highest = (values: readonly number[]) => values.reduce((a, b) => Math.max(a, b), Number.NEGATIVE_INFINITY);
  const points = spec.lines.flatMap((line) => [...line.mean, ...line.runs.flat()]);
  const levels = spec.references.map((reference) => reference.y);
  const ys = [...points.map((point) => point[1]), ...levels];
  const low = ys.length > 0 ? lowest(ys) : 0;
  const high = ys.length > 0 ? highest(ys) : 1;
  // Equal values still need an axis around them.
  const span = high > low ? high - low : Math.abs(high) || 1;
  // A reference line at the top needs room for its label above it.
  const headroom = levels.length > 0 && highest(levels) > high - span * 0.12 ? 22 / (bottom - top) : 0.05;
  // Scores are never negative, and an axis that starts below 0 would suggest that they can be.
  const y: [number, number] = [low >= 0 ? Math.max(0, low - span * 0.05) : low - span * 0.05, high + span * headroom];
  const yTicks = kit.niceTicks(y[0], y[1], 7, false);
  const xs = points.map((point) => point[0]);
  const x: [number, number] = xs.length > 0 ? [Math.min(lowest(xs), 0), Math.max(highest(xs), lowest(xs) + 1)] : [0, 1];
  const digits = highest(yTicks.values.map((value) => value.toFixed(yTicks.decimals).length));
  return {
    left: 14 + (Number.isFinite(digits) ? digits : 4) * 6.6,
    right: width - 14,
    top,
    bottom,
    x,
    y,
    xTicks: kit.niceTicks(x[0], x[1], Math.max(2, Math.floor((width - 80) / 50)), true),
    yTicks,
  };
}
