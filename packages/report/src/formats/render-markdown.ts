import { formatChange, MISSING } from '../labels/format-number.js';
import { metricLabel } from '../labels/metric-label.js';
import type { RunRecord } from '../records/run-record.js';
import { describeAgreement, describeImprovement, describeLoss } from '../summary/improvement.js';
import { provenanceLine } from '../summary/provenance.js';
import type { Summary, SummaryRow } from '../summary/summary.js';
import { ablationTable } from '../tables/ablation-table.js';
import type { ExtraTable } from '../tables/extra-table.js';
import { findings } from '../tables/findings.js';
import { mainTable } from '../tables/main-table.js';
import type { ReportTable } from '../tables/report-table.js';
import { statisticsTable } from '../tables/statistics-table.js';
import { escapeMarkdown as escaped } from './escape-markdown.js';
import { markdownReportTable, markdownTable } from './markdown-table.js';

/** What {@link renderMarkdown} shows. */
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

/** The report for READMEs and pull requests: findings, tables, the command and where the numbers come from. */
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
  const titled = (table: ReportTable | undefined) =>
    table ? [`### ${escaped(table.title)}`, markdownReportTable(table)] : [];
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

/** A code block whose fence is longer than any run of backticks inside. */
function fenced(code: string): string {
  const longest = Math.max(2, ...(code.match(/`+/g) ?? []).map((run) => run.length));
  const fence = '`'.repeat(longest + 1);
  return `${fence}sh\n${code}\n${fence}`;
}
