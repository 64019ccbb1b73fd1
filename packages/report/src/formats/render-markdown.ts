import { formatChange, MISSING } from '../labels/format-number.js';
import { metricLabel } from '../labels/names.js';
import type { RunRecord } from '../records/run-record.js';
import { describeAgreement, describeImprovement, describeLoss } from '../summary/improvement.js';
import { provenanceLine } from '../summary/provenance.js';
import type { Summary, SummaryRow } from '../summary/summary.js';
import { findings } from '../tables/findings.js';
import type { ExtraTable, ReportCell, ReportTable } from '../tables/report-table.js';
import { ablationTable, mainTable } from '../tables/score-tables.js';
import { statisticsTable } from '../tables/statistics-table.js';

/** What {@link renderMarkdown} shows. */
export interface MarkdownRequest {
  readonly title: string;
  readonly records: readonly RunRecord[];
  readonly summary: Summary;
  /** The command that reproduces the numbers. */
  readonly command: string;
  /** The metrics to show. By default the summary's first metric. */
  readonly metrics?: readonly string[] | undefined;
  /** Shown after the metrics. */
  readonly extraTables?: readonly ExtraTable[] | undefined;
}

/** Renders the report as Markdown: findings, tables, the command, and where the numbers come from. */
export function renderMarkdown(request: MarkdownRequest): string {
  const { title, records, summary, command, metrics = [summary.metric], extraTables = [] } = request;
  const blocks = [`# ${escaped(title)}`];
  const cautions = summary.cautions.map((caution) => `> **Note.** ${escaped(caution)}`);
  if (cautions.length > 0) blocks.push(cautions.join('\n>\n'));
  for (const metric of metrics) blocks.push(...metricBlocks(summary, metric));
  for (const { title: name, text, columns, rows } of extraTables) {
    blocks.push(`## ${escaped(name)}`);
    if (text !== undefined) blocks.push(escaped(text));
    blocks.push(
      markdownTable(
        columns.map(escaped),
        columns.map((_, at) => at > 0),
        rows.map((row) => row.map(escaped)),
      ),
    );
  }
  blocks.push('## How to repeat', fenced(command), `Made from ${escaped(provenanceLine(records))}.`);
  return `${blocks.join('\n\n')}\n`;
}

function metricBlocks(summary: Summary, metric: string): string[] {
  const rows = (summary.tables[metric] ?? []).flatMap((row) => finding(row, metric));
  const titled = (table: ReportTable | undefined) => (table ? [`### ${escaped(table.title)}`, reportTable(table)] : []);
  return [
    `## ${escaped(metricLabel(metric))}`,
    ...findings(summary, metric).map(escaped),
    ...(rows.length > 0 ? [rows.join('\n')] : []),
    ...titled(mainTable(summary, metric)),
    ...titled(ablationTable(summary, metric)),
    ...titled(statisticsTable(summary, metric)),
  ];
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

/** A report's table, with a dataset column and the notes below. */
function reportTable({ columns, rows, notes }: ReportTable): string {
  const table = markdownTable(
    ['Dataset', ...columns.map(({ label }) => escaped(label))],
    [false, ...columns.map(({ numeric }) => numeric)],
    rows.map(({ dataset, cells }) => [escaped(dataset), ...cells.map(cell)]),
  );
  return `${table}\n\n${notes.map(escaped).join(' ')}`;
}

/** A table whose cells are already Markdown. */
function markdownTable(
  header: readonly string[],
  rightAligned: readonly boolean[],
  rows: readonly (readonly string[])[],
): string {
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  return [line(header), line(rightAligned.map((right) => (right ? '---:' : '---'))), ...rows.map(line)].join('\n');
}

function cell({ text, marks = '', spread, best = false }: ReportCell): string {
  const full = `${escaped(text)}${escaped(marks)}${spread === undefined ? '' : ` ${escaped(spread)}`}`;
  return best ? `**${full}**` : full;
}

/** Escapes text so that it is not interpreted as markup. */
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
