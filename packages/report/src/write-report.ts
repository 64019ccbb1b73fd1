import { join } from 'node:path';
import { writeFileAtomically } from '@balanced-rec/files';
import { renderCsv, renderJson } from './formats/render-data.js';
import { renderLatex } from './formats/render-latex.js';
import { renderMarkdown } from './formats/render-markdown.js';
import { renderHtml } from './html/render-html.js';
import { readNote, writeNote } from './records/comparison-note.js';
import { RecordFolder } from './records/record-folder.js';
import type { RunRecord } from './records/run-record.js';
import type { SearchRecord } from './records/search-record.js';
import { type Summary, summarize } from './summary/summary.js';
import { searchTable } from './tables/search-table.js';

/** The formats that {@link writeReport} writes. */
export const REPORT_FORMATS = ['html', 'md', 'csv', 'latex', 'json'] as const;

/** A format of a report. */
export type ReportFormat = (typeof REPORT_FORMATS)[number];

/** What every report of a comparison is made from. */
export interface ReportContent {
  readonly title: string;
  /** The command that reproduces the numbers. */
  readonly command: string;
  readonly records: readonly RunRecord[];
  /** What the comparison's search tried and chose, if it had one. */
  readonly search?: SearchRecord | undefined;
}

/** What {@link writeReports} wrote: the path of each report, by format. */
export interface Reports extends Readonly<Record<'html' | 'markdown' | 'csv' | 'latex' | 'json', string>> {
  /** The text of the Markdown report. */
  readonly text: string;
}

/**
 * Writes every report of a comparison into its folder, and the note that {@link writeReport} needs to write them again.
 * @throws BalancedRecError `report/...` like {@link summarize}, `files/...`
 */
export async function writeReports(folder: string, content: ReportContent): Promise<Reports> {
  const summary = summarize(content.records);
  const write = async (name: string, format: ReportFormat) => {
    const text = render(format, content, summary);
    await writeFileAtomically(join(folder, name), text);
    return { path: join(folder, name), text };
  };
  await writeNote(folder, content);
  const markdown = await write('summary.md', 'md');
  return {
    html: (await write('report.html', 'html')).path,
    markdown: markdown.path,
    csv: (await write('results.csv', 'csv')).path,
    latex: (await write('tables.tex', 'latex')).path,
    json: (await write('summary.json', 'json')).path,
    text: markdown.text,
  };
}

/** Which report {@link writeReport} makes, and where to write it. */
export interface ReportRequest {
  readonly format: ReportFormat;
  /** The file to write. By default `report.html` in the folder for HTML, and no file for the other formats. */
  readonly out?: string | undefined;
}

/**
 * Makes the report of a comparison's folder from its records, without running anything.
 * @returns the report, and the file that it was written to
 * @throws BalancedRecError `comparison/no-runs`, `comparison/damaged-record`, `comparison/damaged-note`, `comparison/other-format`,
 * `report/...` like {@link summarize}, `files/...`
 */
export async function writeReport(
  folder: string,
  { format, out }: ReportRequest,
): Promise<{ readonly text: string; readonly file: string | undefined }> {
  const kept = new RecordFolder(folder);
  const records = await kept.all();
  const note = await readNote(folder);
  const search = await kept.findSearch();
  const text = render(format, { ...note, records, search }, summarize(records));
  const file = out ?? (format === 'html' ? join(folder, 'report.html') : undefined);
  if (file !== undefined) await writeFileAtomically(file, text);
  return { text, file };
}

function render(format: ReportFormat, { search, ...content }: ReportContent, summary: Summary): string {
  const request = { ...content, summary, extraTables: search && [searchTable(search)] };
  switch (format) {
    case 'html':
      return renderHtml(request);
    case 'md':
      return renderMarkdown(request);
    case 'csv':
      return renderCsv(request.records);
    case 'latex':
      return renderLatex(request);
    case 'json':
      return renderJson(summary);
  }
}
