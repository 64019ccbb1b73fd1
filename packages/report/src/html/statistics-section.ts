import type { Summary } from '../summary/summary.js';
import { statisticsTable } from '../tables/statistics-table.js';
import { chartPlace } from './chart-place.js';
import { metricBlocks } from './metric-blocks.js';
import { reportTableHtml } from './report-table-html.js';

/** How sure the differences from plain are; empty where nothing was tested. */
export function statisticsSection(summary: Summary): string {
  const block = (metric: string) => {
    const ckd = statisticsTable(summary, metric, (variant) => variant === 'ckd');
    const others = statisticsTable(summary, metric, (variant) => variant !== 'ckd');
    if (!ckd) return others ? reportTableHtml(others) : '';
    const fold = others
      ? `<details class="fold"><summary>The other variants against plain</summary>${reportTableHtml(others)}</details>`
      : '';
    return `${reportTableHtml(ckd)}${fold}`;
  };
  if (!summary.metrics.some((metric) => statisticsTable(summary, metric))) return '';
  return `<section id="statistics" aria-labelledby="statistics-title">
<h2 id="statistics-title">Significance</h2>
<p class="about">How each variant differs from plain training of the same backbone, user by user. A dot is the mean difference, its line the 95% confidence interval.</p>
<fieldset class="legend" data-legend><legend>Variants</legend></fieldset>
${chartPlace('differences')}
${metricBlocks(summary, block)}
</section>`;
}
