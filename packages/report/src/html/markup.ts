import { metricLabel } from '../labels/names.js';
import type { Summary } from '../summary/summary.js';

/** Escapes text for HTML elements and quoted attributes. */
export function escapeHtml(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll("'", '&#39;');
}

/** The place where the page's script draws charts of a kind. */
export function chartPlace(kind: 'curves' | 'views' | 'weights' | 'contributions' | 'gains' | 'differences'): string {
  return `<div class="charts" data-charts="${kind}"><p class="small">These charts are drawn by the page’s script, which does not run here; the tables are complete without it.</p></div>`;
}

/**
 * One block for each metric that has one. The block of the summary's first metric is visible. The others are in a fold, which the page's
 * script replaces with a switch.
 */
export function metricBlocks(summary: Summary, block: (metric: string) => string): string {
  const wrapped = (metric: string) => {
    const html = block(metric);
    return html === '' ? '' : `<div data-metric="${escapeHtml(metric)}">${html}</div>`;
  };
  const others = summary.metrics.filter((metric) => metric !== summary.metric);
  const rest = others.map(wrapped).join('');
  if (rest === '') return wrapped(summary.metric);
  return `${wrapped(summary.metric)}<details class="other-metrics"><summary>Other metrics: ${escapeHtml(others.map(metricLabel).join(', '))}</summary>${rest}</details>`;
}
