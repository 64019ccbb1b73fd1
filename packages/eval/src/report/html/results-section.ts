import { formatChange, formatScore, MISSING } from '../format-number.js';
import { describeAgreement, describeLoss } from '../improvement.js';
import { metricLabel } from '../metric-label.js';
import { seedsCaption, usualSeeds } from '../seeds-caption.js';
import type { Summary, SummaryCell, SummaryRow } from '../summary.js';
import { summaryColumns } from '../summary-columns.js';
import { escapeHtml } from './escape-html.js';
import { groupedBy, htmlTable } from './html-table.js';

/** The main table, for every test metric; the chosen one first, the others in a fold that the page's script turns into a switch. */
export function resultsSection(summary: Summary): string {
  const others = summary.metrics.filter((metric) => metric !== summary.metric);
  const options = summary.metrics.map((metric) => {
    const chosen = metric === summary.metric ? ' selected' : '';
    return `<option value="${escapeHtml(metric)}"${chosen}>${escapeHtml(metricLabel(metric))}</option>`;
  });
  const fold =
    others.length === 0
      ? ''
      : `<details class="other-metrics"><summary>Other metrics</summary>${others.map((metric) => block(summary, metric)).join('')}</details>`;
  return `<section id="results" aria-labelledby="results-title">
<div class="section-head"><h2 id="results-title">Results</h2>
<p class="metric-switch" hidden><label for="metric">Metric</label><select id="metric" autocomplete="off">${options.join('')}</select></p></div>
<div class="metric-blocks">${block(summary, summary.metric)}</div>
${fold}
</section>`;
}

function block(summary: Summary, metric: string): string {
  const rows = summary.tables[metric] ?? [];
  return `<div data-metric="${escapeHtml(metric)}">${table(summary, metric, rows)}${perSeedList(rows, metric)}</div>`;
}

function table(summary: Summary, metric: string, rows: readonly SummaryRow[]): string {
  const columns = summaryColumns(summary);
  const seeds = usualSeeds(summary);
  const label = metricLabel(metric);
  return htmlTable({
    caption: `<strong>Test ${escapeHtml(label)}</strong>, ${escapeHtml(seedsCaption(summary))}. The best of each row is in bold.`,
    label: `Test ${label}`,
    dense: columns.length > 6,
    columns: [
      { label: 'Backbone', numeric: false },
      ...columns.map((column) => ({ label: column.label, numeric: true })),
    ],
    groups: groupedBy(rows, (row) => row.dataset).map(({ heading, rows: inside }) => ({
      heading,
      rows: inside.map((row) => [
        escapeHtml(row.backbone),
        ...columns.map((column) =>
          column.kind === 'improvement'
            ? improvementCell(row)
            : scoreCell(row.cells[column.variant], row.best.includes(column.variant), seeds),
        ),
      ]),
    })),
  });
}

function improvementCell({ improvement }: SummaryRow): string {
  return improvement?.percent == null ? MISSING : `<span class="delta">${formatChange(improvement.percent)}</span>`;
}

function scoreCell(cell: SummaryCell | undefined, best: boolean, usual: number): string {
  if (!cell) return `<span class="none">${MISSING}</span>`;
  const mean = formatScore(cell.mean);
  const spread = cell.deviation === null ? '' : ` <span class="sd">± ${formatScore(cell.deviation)}</span>`;
  const fewer = cell.seeds.length < usual ? ` <span class="sd">(n = ${cell.seeds.length})</span>` : '';
  return `${best ? `<strong>${mean}</strong>` : mean}${spread}${fewer}`;
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
    if (seeds.length === 0 && words.length === 0) return [];
    const text = [seeds.join(', '), ...words.map((word) => escapeHtml(word.replace(/\.$/, '')))].filter(
      (part) => part !== '',
    );
    return [`<li><span class="where">${escapeHtml(dataset)} · ${escapeHtml(backbone)}</span> ${text.join('; ')}.</li>`];
  });
  return items.length === 0
    ? ''
    : `<p class="list-title">CKD against plain, seed by seed</p><ul class="per-seed">${items.join('')}</ul>`;
}
