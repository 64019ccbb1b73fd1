import { type ChartKind, type ChartRequest, chartKit } from './chart/chart-kit.js';
import { escapeHtml } from './escape-html.js';

/** Size of the charts before the page's script fits them to the space there is. */
const WIDTH = 520;
const HEIGHTS: Readonly<Record<ChartKind, number>> = { curve: 300, view: 250, weight: 250 };

/** A chart as it is read without the page's script, with what the script needs to draw it anew. */
export function chartFigure(kind: ChartKind, request: Omit<ChartRequest, 'hidden'>): string {
  const spec = chartKit[kind](chartKit, { ...request, hidden: [] });
  const svg = chartKit.drawChart(chartKit, spec, WIDTH, HEIGHTS[kind]);
  const attributes = `data-kind="${kind}" data-modality="${escapeHtml(request.modality)}" data-width="${WIDTH}" data-height="${HEIGHTS[kind]}"`;
  return `<figure ${attributes}><div class="plot">${svg}</div></figure>`;
}
