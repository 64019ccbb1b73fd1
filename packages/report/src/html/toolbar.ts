import { metricLabel } from '../labels/metric-label.js';
import type { Summary } from '../summary/summary.js';
import { escapeHtml } from './escape-html.js';

/** The switches that stay in sight; hidden until the page's script brings them to life. */
export function toolbar(summary: Summary): string {
  const options = summary.metrics.map((metric) => {
    const chosen = metric === summary.metric ? ' selected' : '';
    return `<option value="${escapeHtml(metric)}"${chosen}>${escapeHtml(metricLabel(metric))}</option>`;
  });
  const select = (name: string, label: string, inside: string) =>
    `<label>${label} <select name="${name}" autocomplete="off">${inside}</select></label>`;
  return `<form class="toolbar" aria-label="What to show" hidden>${select('metric', 'Metric', options.join(''))}${select('dataset', 'Charts of', '')}${select('backbone', 'Backbone', '')}</form>`;
}
