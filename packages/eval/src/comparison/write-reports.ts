import { join } from 'node:path';
import { writeFileAtomically } from '@balanced-rec/ckd-core/node';
import { renderHtml } from '../report/html/render-html.js';
import { renderCsv } from '../report/render-csv.js';
import { renderJson } from '../report/render-json.js';
import { renderMarkdown } from '../report/render-markdown.js';
import type { RunRecord } from '../report/run-record.js';
import { summarize } from '../report/summarize.js';
import { SELECTION_METRIC } from '../runs/validate.js';

/** The reports' paths, by format. */
export interface Reports extends Readonly<Record<'html' | 'markdown' | 'csv' | 'json', string>> {
  /** The summary as Markdown. */
  readonly text: string;
}

/** Writes every report of a comparison from its records. */
export async function writeReports(
  folder: string,
  {
    title,
    records,
    command,
  }: { readonly title: string; readonly records: readonly RunRecord[]; readonly command: string },
): Promise<Reports> {
  const summary = summarize(records, { metric: SELECTION_METRIC });
  const text = renderMarkdown({ title, records, summary, command });
  const contents = {
    'report.html': renderHtml({ title, records, summary, command }),
    'summary.md': text,
    'results.csv': renderCsv(records),
    'summary.json': renderJson(summary),
  };
  for (const [name, content] of Object.entries(contents)) await writeFileAtomically(join(folder, name), content);
  return {
    html: join(folder, 'report.html'),
    markdown: join(folder, 'summary.md'),
    csv: join(folder, 'results.csv'),
    json: join(folder, 'summary.json'),
    text,
  };
}
