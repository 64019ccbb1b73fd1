import type { PlotOptions } from '@observablehq/plot';

/** Axes of a chart by epoch. */
export function epochAxes(width: number, yLabel: string, domain?: readonly [number, number]): PlotOptions {
  return {
    width,
    height: width < 420 ? 240 : 300,
    x: { label: 'epoch', ticks: Math.max(3, Math.floor(width / 90)), tickFormat: 'd' },
    y: { label: yLabel, grid: true, nice: true, ticks: 6, ...(domain ? { domain: [...domain] } : {}) },
  };
}
