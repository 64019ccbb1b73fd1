import { formatChange, MISSING } from '../labels/format-number.js';
import { describeAgreement, describeLoss } from '../summary/improvement.js';
import type { Summary, SummaryRow } from '../summary/summary.js';
import type { ExtraTable } from '../tables/report-table.js';
import { ablationTable, mainTable } from '../tables/score-tables.js';
import { statisticsTable } from '../tables/statistics-table.js';
import { htmlTable, reportTableHtml } from './html-table.js';
import { chartPlace, escapeHtml, metricBlocks } from './markup.js';

/** The main table of every test metric, with the change seed by seed. */
export function resultsSection(summary: Summary): string {
  const block = (metric: string) =>
    `${reportTableHtml(mainTable(summary, metric))}${perSeedList(summary.tables[metric] ?? [], metric)}`;
  return `<section id="results" aria-labelledby="results-title">
<h2 id="results-title">Results</h2>
${metricBlocks(summary, block)}
</section>`;
}

/** How certain the differences from plain are; empty if nothing was tested. */
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
<p class="about">How each variant differs from plain training of the same backbone, user by user. A dot is the mean difference, and its line the 95% confidence interval.</p>
<fieldset class="legend" data-legend><legend>Variants</legend></fieldset>
${chartPlace('differences')}
${metricBlocks(summary, block)}
</section>`;
}

/** What each part of CKD contributes; empty if no ablation was run. */
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

/** A table that the report's caller computed. */
export function extraSection({ title, text, columns, rows }: ExtraTable, at: number): string {
  const numeric = columns.map((_, column) => rows.every((row) => /^[\s\d.,+−–%<>=~-]*$/.test(row[column] ?? '')));
  const table = htmlTable({
    caption: escapeHtml(text ?? title),
    label: title,
    columns: columns.map((label, column) => ({ label, numeric: column > 0 && numeric[column] === true })),
    groups: [{ heading: '', rows: rows.map((row) => row.map(escapeHtml)) }],
  });
  return `<section id="extra-${at}" aria-labelledby="extra-${at}-title"><h2 id="extra-${at}-title">${escapeHtml(title)}</h2>${table}</section>`;
}

/** The change within each seed for which both CKD and plain were run, and a sentence wherever CKD does not help. */
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
