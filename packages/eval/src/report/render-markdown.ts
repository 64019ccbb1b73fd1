import type { ExtraTable } from './extra-table.js';
import { formatCell } from './format-cell.js';
import { formatChange, MISSING } from './format-number.js';
import { describeAgreement, describeImprovement, describeLoss } from './improvement.js';
import { metricLabel } from './metric-label.js';
import { provenanceLine } from './provenance.js';
import type { RunRecord } from './run-record.js';
import { seedsCaption, usualSeeds } from './seeds-caption.js';
import type { Summary, SummaryRow } from './summary.js';
import { type SummaryColumn, summaryColumns } from './summary-columns.js';

export interface MarkdownRequest {
  readonly title: string;
  readonly records: readonly RunRecord[];
  readonly summary: Summary;
  /** What to type to get the same numbers again. */
  readonly command: string;
  /** The metrics to show; the summary's own first metric if left out. */
  readonly metrics?: readonly string[];
  readonly extraTables?: readonly ExtraTable[];
}

/** The report for READMEs and pull requests: findings, summary tables, the command and where the numbers come from. */
export function renderMarkdown(request: MarkdownRequest): string {
  const { title, records, summary, command, metrics = [summary.metric], extraTables = [] } = request;
  const blocks = [`# ${escaped(title)}`];
  const cautions = summary.cautions.map((caution) => `> **Note.** ${escaped(caution)}`);
  if (cautions.length > 0) blocks.push(cautions.join('\n>\n'));
  for (const metric of metrics) {
    const findings = (summary.tables[metric] ?? []).flatMap((row) => finding(row, metric));
    blocks.push(`## ${escaped(metricLabel(metric))}`);
    if (findings.length > 0) blocks.push(findings.join('\n'));
    blocks.push(summaryTable(summary, metric));
  }
  blocks.push(`Test split, ${seedsCaption(summary)}. The best of each row is in bold; ${MISSING} means no run.`);
  for (const { title: name, text, columns, rows } of extraTables) {
    blocks.push(`## ${escaped(name)}`);
    if (text !== undefined) blocks.push(escaped(text));
    blocks.push(
      table(
        columns.map(escaped),
        columns.map((_, at) => at > 0),
        rows.map((row) => row.map(escaped)),
      ),
    );
  }
  blocks.push('## How to repeat', fenced(command), `Made from ${escaped(provenanceLine(records))}.`);
  return `${blocks.join('\n\n')}\n`;
}

function finding({ dataset, backbone, improvement }: SummaryRow, metric: string): string[] {
  if (!improvement) return [];
  const facts = [describeLoss(improvement, metric), describeAgreement(improvement, metric)].filter(
    (fact) => fact !== undefined,
  );
  const seeds =
    improvement.perSeed.length < 2
      ? []
      : improvement.perSeed.map((pair) => {
          return `seed ${pair.seed} ${pair.percent === null ? MISSING : formatChange(pair.percent)}`;
        });
  const details = [...facts.map((fact) => fact.replace(/\.$/, '')), ...seeds].join('; ');
  const sentence = describeImprovement(improvement, metric);
  return [`- **${escaped(dataset)}, ${escaped(backbone)}**: ${sentence}${details === '' ? '' : `. ${details}`}.`];
}

function summaryTable(summary: Summary, metric: string): string {
  const columns = summaryColumns(summary);
  const seeds = usualSeeds(summary);
  return table(
    ['Dataset', 'Backbone', ...columns.map(({ label }) => escaped(label))],
    [false, false, ...columns.map(() => true)],
    (summary.tables[metric] ?? []).map((row) => [
      escaped(row.dataset),
      escaped(row.backbone),
      ...columns.map((column) => cellText(row, column, seeds)),
    ]),
  );
}

function cellText(row: SummaryRow, column: SummaryColumn, seeds: number): string {
  if (column.kind === 'improvement') {
    const percent = row.improvement?.percent;
    return percent === null || percent === undefined ? MISSING : formatChange(percent);
  }
  const text = formatCell(row.cells[column.variant], seeds);
  return row.best.includes(column.variant) ? `**${text}**` : text;
}

function table(
  header: readonly string[],
  rightAligned: readonly boolean[],
  rows: readonly (readonly string[])[],
): string {
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  return [line(header), line(rightAligned.map((right) => (right ? '---:' : '---'))), ...rows.map(line)].join('\n');
}

/** Keeps a name from being read as markup. */
function escaped(text: string): string {
  return text
    .replace(/\s+/g, ' ')
    .replace(/[\\`*_|[\]]/g, '\\$&')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;');
}

/** A code block whose fence is longer than any run of backticks inside. */
function fenced(code: string): string {
  const longest = Math.max(2, ...(code.match(/`+/g) ?? []).map((run) => run.length));
  const fence = '`'.repeat(longest + 1);
  return `${fence}sh\n${code}\n${fence}`;
}
