import type { Summary } from '../summary/summary.js';
import { ablationTable } from '../tables/ablation-table.js';
import { metricBlocks } from './metric-blocks.js';
import { reportTableHtml } from './report-table-html.js';

/** What each part of CKD is good for; empty where no ablation was run. */
export function ablationsSection(summary: Summary): string {
  const block = (metric: string) => {
    const table = ablationTable(summary, metric);
    return table ? reportTableHtml(table) : '';
  };
  const blocks = metricBlocks(summary, block);
  if (blocks === '') return '';
  return `<section id="ablations" aria-labelledby="ablations-title">
<h2 id="ablations-title">Ablations</h2>
${blocks}
</section>`;
}
