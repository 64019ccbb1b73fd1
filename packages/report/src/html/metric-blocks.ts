import { metricLabel } from '../labels/metric-label.js';
import type { Summary } from '../summary/summary.js';
import { escapeHtml } from './escape-html.js';

/** One block per metric that has one, the summary's first metric in sight, the others in a fold that the page's script turns into a switch. */
export function metricBlocks(summary: Summary, block: (metric: string) => string): string {
  const wrapped = (metric: string) => {
    const html = block(metric);
    return html === '' ? '' : `<div data-metric="${escapeHtml(metric)}">${html}</div>`;
  };
  const others = summary.metrics.filter((metric) => metric !== summary.metric).map(wrapped);
  const rest = others.join('');
  if (rest === '') return wrapped(summary.metric);
  const names = summary.metrics.filter((metric) => metric !== summary.metric).map(metricLabel);
  return `${wrapped(summary.metric)}<details class="other-metrics"><summary>Other metrics: ${escapeHtml(names.join(', '))}</summary>${rest}</details>`;
}
