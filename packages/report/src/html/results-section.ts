import { formatChange, MISSING } from '../labels/format-number.js';
import { describeAgreement, describeLoss } from '../summary/improvement.js';
import type { Summary, SummaryRow } from '../summary/summary.js';
import { mainTable } from '../tables/main-table.js';
import { escapeHtml } from './escape-html.js';
import { metricBlocks } from './metric-blocks.js';
import { reportTableHtml } from './report-table-html.js';

/** The main table of every test metric, with the change seed by seed. */
export function resultsSection(summary: Summary): string {
  const block = (metric: string) =>
    `${reportTableHtml(mainTable(summary, metric))}${perSeedList(summary.tables[metric] ?? [], metric)}`;
  return `<section id="results" aria-labelledby="results-title">
<h2 id="results-title">Results</h2>
${metricBlocks(summary, block)}
</section>`;
}

/** Where CKD and plain were run with the same seeds, the change within each seed, and in words where CKD does not help. */
function perSeedList(rows: readonly SummaryRow[], metric: string): string {
  const items = rows.flatMap(({ dataset, backbone, improvement }) => {
    if (!improvement) return [];
    const seeds =
      improvement.perSeed.length < 2
        ? []
        : improvement.perSeed.map(({ seed, percent }) => {
            return `seed ${seed} <b>${percent === null ? MISSING : formatChange(percent)}</b>`;
          });
    const words = [describeAgreement(improvement, metric), describeLoss(improvement, metric)].filter(
      (text) => text !== undefined,
    );
    const text = [seeds.join(', '), ...words.map((word) => escapeHtml(word.replace(/\.$/, '')))].filter(
      (part) => part !== '',
    );
    if (text.length === 0) return [];
    return [`<li><span class="where">${escapeHtml(dataset)} · ${escapeHtml(backbone)}</span> ${text.join('; ')}.</li>`];
  });
  return items.length === 0
    ? ''
    : `<details class="fold"><summary>CKD against plain, seed by seed</summary><ul class="per-seed">${items.join('')}</ul></details>`;
}
