import type { Summary } from '../summary/summary.js';
import type { ReportCell, ReportRow, ReportTable } from '../tables/report-table.js';
import { ablationTable, mainTable } from '../tables/score-tables.js';
import { statisticsTable } from '../tables/statistics-table.js';

/** What {@link renderLatex} shows. */
export interface LatexRequest {
  readonly title: string;
  readonly summary: Summary;
  /** The metrics to show. By default the summary's first metric. */
  readonly metrics?: readonly string[] | undefined;
}

/** Renders the tables for a paper: main table, ablations and statistics for each metric, to include with `\input`. */
export function renderLatex({ title, summary, metrics = [summary.metric] }: LatexRequest): string {
  const tables = metrics.flatMap((metric) => {
    const name = metric.replace(/[^a-z0-9]+/gi, '-');
    return [
      latexTable(mainTable(summary, metric), `tab:${name}`),
      ...optional(ablationTable(summary, metric), `tab:${name}-ablations`),
      ...optional(statisticsTable(summary, metric), `tab:${name}-statistics`),
    ];
  });
  const comment = `% ${title.replace(/\s+/g, ' ')}\n% Needs \\usepackage{booktabs} and, for wide tables, \\usepackage{graphicx}.`;
  return `${[comment, ...tables].join('\n\n')}\n`;
}

function optional(table: ReportTable | undefined, label: string): string[] {
  return table ? [latexTable(table, label)] : [];
}

function latexTable({ title, notes, columns, rows }: ReportTable, label: string): string {
  const lines = rows.flatMap((row, at) => {
    const isFirst = rows[at - 1]?.dataset !== row.dataset;
    return [...(isFirst ? heading(row, columns.length, at) : []), `${row.cells.map(latexCell).join(' & ')} \\\\`];
  });
  return `\\begin{table*}
\\centering
\\caption{${[`${title}.`, ...notes].map(escapeLatex).join(' ')}}
\\label{${label}}
\\resizebox{\\ifdim\\width>\\textwidth\\textwidth\\else\\width\\fi}{!}{%
\\begin{tabular}{${columns.map(({ numeric }) => (numeric ? 'r' : 'l')).join('')}}
\\toprule
${columns.map((column) => escapeLatex(column.label)).join(' & ')} \\\\
${lines.join('\n')}
\\bottomrule
\\end{tabular}}
\\end{table*}`;
}

function heading({ dataset }: ReportRow, width: number, at: number): string[] {
  const space = at === 0 ? [] : ['\\addlinespace'];
  return ['\\midrule', ...space, `\\multicolumn{${width}}{l}{\\textit{${escapeLatex(dataset)}}} \\\\`];
}

function latexCell({ text, marks = '', spread, best = false }: ReportCell): string {
  const mean = best ? `\\textbf{${escapeLatex(text)}}` : escapeLatex(text);
  const raised = marks === '' ? '' : `$^{${marks}}$`;
  return `${mean}${raised}${spread === undefined ? '' : ` ${escapeLatex(spread)}`}`;
}

const COMMANDS: Readonly<Record<string, string>> = {
  '\\': '\\textbackslash{}',
  '~': '\\textasciitilde{}',
  '^': '\\textasciicircum{}',
  '<': '$<$',
  '>': '$>$',
  '|': '$|$',
  '"': "''",
  '−': '$-$',
  '±': '$\\pm$',
  '→': '$\\to$',
  '–': '--',
  '’': "'",
  '·': '$\\cdot$',
};

/** Escapes text so that LaTeX typesets it literally. */
function escapeLatex(text: string): string {
  return text.replace(/\s+/g, ' ').replace(/[\\~^<>|"−±→–’·&%$#_{}]/g, (sign) => COMMANDS[sign] ?? `\\${sign}`);
}
