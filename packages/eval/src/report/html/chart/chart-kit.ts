import type { Panel, Point } from '../page-data.js';
import { chartFrame } from './chart-frame.js';
import { curveChart } from './curve-chart.js';
import { drawChart } from './draw-chart.js';
import { escapeText } from './escape-text.js';
import { meanLine } from './mean-line.js';
import { niceTicks } from './nice-ticks.js';
import { viewChart } from './view-chart.js';
import { weightChart } from './weight-chart.js';

/** A chart before it has a size. */
export interface ChartSpec {
  /** What a screen reader says. */
  readonly label: string;
  readonly xLabel: string;
  readonly yLabel: string;
  readonly lines: readonly ChartLine[];
  /** Horizontal reference lines. */
  readonly references: readonly { readonly y: number; readonly label: string; readonly slot: number }[];
  /** Shaded areas between a line and a level. */
  readonly bands: readonly { readonly slot: number; readonly line: readonly Point[]; readonly level: number }[];
}

export interface ChartLine {
  readonly name: string;
  readonly slot: number;
  readonly dash: string;
  /** The mean over runs. */
  readonly mean: readonly Point[];
  /** The single runs, drawn faint; empty where there is one only. */
  readonly runs: readonly (readonly Point[])[];
  /** Restored best epochs. */
  readonly marks: readonly Point[];
}

/** Where things are in a chart of a certain size, in pixels, and what is at its edges, in data units. */
export interface ChartFrame {
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
  readonly x: readonly [number, number];
  readonly y: readonly [number, number];
  readonly xTicks: Ticks;
  readonly yTicks: Ticks;
}

export interface Ticks {
  readonly values: readonly number[];
  readonly decimals: number;
}

export type ChartKind = 'curve' | 'view' | 'weight';

/** What is asked of a panel's chart. */
export interface ChartRequest {
  readonly panel: Panel;
  readonly metric: string;
  /** Metric -> label. */
  readonly labels: Readonly<Record<string, string>>;
  /** For `view` charts. */
  readonly modality: string;
  /** Names of lines that the reader switched off. */
  readonly hidden: readonly string[];
}

/**
 * The functions that draw charts, on the server and, embedded by their source text, in the page. Each one is
 * self-contained: it uses its arguments and the language alone, and reaches the others through the kit it is given.
 */
export interface ChartKit {
  readonly escapeText: (text: string) => string;
  readonly niceTicks: (low: number, high: number, count: number, whole: boolean) => Ticks;
  readonly meanLine: (runs: readonly (readonly Point[])[]) => Point[];
  readonly chartFrame: (kit: ChartKit, spec: ChartSpec, width: number, height: number) => ChartFrame;
  readonly drawChart: (kit: ChartKit, spec: ChartSpec, width: number, height: number) => string;
  readonly curve: (kit: ChartKit, request: ChartRequest) => ChartSpec;
  readonly view: (kit: ChartKit, request: ChartRequest) => ChartSpec;
  readonly weight: (kit: ChartKit, request: ChartRequest) => ChartSpec;
}

export const chartKit: ChartKit = {
  escapeText,
  niceTicks,
  meanLine,
  chartFrame,
  drawChart,
  curve: curveChart,
  view: viewChart,
  weight: weightChart,
};
