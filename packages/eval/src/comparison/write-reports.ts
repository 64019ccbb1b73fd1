import { join } from 'node:path';
import { writeFileAtomically } from '@balanced-rec/files';
import { summarize } from '../report/summarize.js';
import { SELECTION_METRIC } from '../runs/validate.js';
import { writeNote } from './comparison-note.js';
import { type ReportContent, type ReportFormat, renderReport } from './render-report.js';

/** The reports' paths, by format. */
export interface Reports extends Readonly<Record<'html' | 'markdown' | 'csv' | 'latex' | 'json', string>> {
  /** The summary as Markdown. */
  readonly text: string;
}

/** Writes every report of a comparison from its records, and what is needed to write them again. */
export async function writeReports(
  folder: string,
  { title, records, command, search }: Omit<ReportContent, 'summary'>,
): Promise<Reports> {
  const summary = summarize(records, { metric: SELECTION_METRIC });
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
