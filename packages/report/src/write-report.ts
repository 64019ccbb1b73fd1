import { join } from 'node:path';
import { writeFileAtomically } from '@balanced-rec/files';
import { type ReportContent, type ReportFormat, renderReport } from './formats/render-report.js';
import { readNote, writeNote } from './records/comparison-note.js';
import { RecordFolder } from './records/record-folder.js';
import { summarize } from './summary/summarize.js';

/** The reports' paths, by format. */
export interface Reports extends Readonly<Record<'html' | 'markdown' | 'csv' | 'latex' | 'json', string>> {
  /** The summary as Markdown. */
  readonly text: string;
}

/** Writes every report of a comparison from its records, and what {@link writeReport} needs to write them again. */
export async function writeReports(
  folder: string,
  { title, records, command, search }: Omit<ReportContent, 'summary'>,
): Promise<Reports> {
  const summary = summarize(records);
  const write = async (name: string, format: ReportFormat) => {
    const text = renderReport(format, { title, records, summary, command, search });
    await writeFileAtomically(join(folder, name), text);
    return { path: join(folder, name), text };
  };
  await writeNote(folder, { title, command });
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

/** Which report of a folder, and where it goes. */
export interface ReportRequest {
  readonly format: ReportFormat;
  /** The file to write; by default `report.html` in the folder for HTML, and no file for the other formats. */
  readonly out?: string | undefined;
}

/**
 * Makes the report of a comparison's folder from its records, without running anything.
 * @returns the report, and the file that it was written to
 * @throws BalancedRecError `comparison/no-runs`, `comparison/damaged-record`, `comparison/damaged-note`, `comparison/other-format`,
 * `files/...`
 */
export async function writeReport(
  folder: string,
  { format, out }: ReportRequest,
): Promise<{ readonly text: string; readonly file: string | undefined }> {
  const kept = new RecordFolder(folder);
  const records = await kept.all();
  const note = await readNote(folder);
  const search = await kept.findSearch();
  const text = renderReport(format, { ...note, records, summary: summarize(records), search });
  const file = out ?? (format === 'html' ? join(folder, 'report.html') : undefined);
  if (file !== undefined) await writeFileAtomically(file, text);
  return { text, file };
}
