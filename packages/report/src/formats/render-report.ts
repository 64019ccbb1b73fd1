import { renderHtml } from '../html/render-html.js';
import type { RunRecord } from '../records/run-record.js';
import type { SearchRecord } from '../records/search-record.js';
import type { Summary } from '../summary/summary.js';
import { searchTable } from '../tables/search-table.js';
import { renderCsv } from './render-csv.js';
import { renderJson } from './render-json.js';
import { renderLatex } from './render-latex.js';
import { renderMarkdown } from './render-markdown.js';

/** What a report can be written as. */
export const REPORT_FORMATS = ['html', 'md', 'csv', 'latex', 'json'] as const;

export type ReportFormat = (typeof REPORT_FORMATS)[number];

/** What every format is made from. */
export interface ReportContent {
  readonly title: string;
  /** What to type to get the same numbers again. */
  readonly command: string;
  readonly records: readonly RunRecord[];
  readonly summary: Summary;
  /** What was searched before, if anything was. */
  readonly search?: SearchRecord | undefined;
}

/** A comparison's report in one of its formats. */
export function renderReport(format: ReportFormat, content: ReportContent): string {
  const extraTables = content.search ? [searchTable(content.search)] : [];
  switch (format) {
    case 'html':
      return renderHtml({ ...content, extraTables });
    case 'md':
      return renderMarkdown({ ...content, extraTables });
    case 'csv':
      return renderCsv(content.records);
    case 'latex':
      return renderLatex(content);
    case 'json':
      return renderJson(content.summary);
  }
}
