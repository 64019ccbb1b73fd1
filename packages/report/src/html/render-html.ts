import { reportPageScript } from '../generated/report-page-script.js';
import { pageDataOf } from '../page-data/page-data-of.js';
import type { RunRecord } from '../records/run-record.js';
import type { Summary } from '../summary/summary.js';
import type { ExtraTable } from '../tables/extra-table.js';
import { ablationsSection } from './ablations-section.js';
import { contents } from './contents.js';
import { costSection } from './cost-section.js';
import { curvesSection } from './curves-section.js';
import { diagnosticsSection } from './diagnostics-section.js';
import { embedJson } from './embed-json.js';
import { escapeHtml } from './escape-html.js';
import { extraSection } from './extra-section.js';
import { headerSection } from './header-section.js';
import { pageStyle } from './page-style.js';
import { provenanceSection } from './provenance-section.js';
import { resultsSection } from './results-section.js';
import { statisticsSection } from './statistics-section.js';
import { toolbar } from './toolbar.js';

/** What {@link renderHtml} shows. */
export interface HtmlRequest {
  readonly title: string;
  readonly records: readonly RunRecord[];
  readonly summary: Summary;
  /** What to type to get the same numbers again. */
  readonly command: string;
  /** Shown after the tables of scores. */
  readonly extraTables?: readonly ExtraTable[];
}

/**
 * The report as one page that needs nothing else: no request, no server, no script to be read. The same records give the
 * same bytes, but for the times in the section "Cost".
 */
export function renderHtml({ title, records, summary, command, extraTables = [] }: HtmlRequest): string {
  const data = pageDataOf(records, summary);
  const sections = [
    resultsSection(summary),
    statisticsSection(summary),
    ablationsSection(summary),
    ...extraTables.map(extraSection),
    curvesSection(data),
    diagnosticsSection(data, summary),
    costSection(records),
    provenanceSection(records, command),
  ].filter((section) => section !== '');
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'; img-src data:">
<link rel="icon" href="data:,">
<title>${escapeHtml(title)}</title>
<style>${pageStyle}</style>
</head>
<body>
<div class="page">
${headerSection(title, records, summary, contents(sections))}
${toolbar(summary)}
<main>
${sections.join('\n')}
</main>
</div>
<script type="application/json" id="page-data">${embedJson(data)}</script>
<script>${reportPageScript}</script>
</body>
</html>
`;
}
