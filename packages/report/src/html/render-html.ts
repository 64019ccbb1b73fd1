import { reportPageScript } from '../generated/report-page-script.js';
import { reportPageStyle } from '../generated/report-page-style.js';
import { metricLabel } from '../labels/names.js';
import { pageDataOf } from '../page-data/page-data-of.js';
import type { RunRecord } from '../records/run-record.js';
import type { Summary } from '../summary/summary.js';
import type { ExtraTable } from '../tables/report-table.js';
import { costSection } from './cost-section.js';
import { curvesSection, diagnosticsSection } from './diagnostics-sections.js';
import { headerSection } from './header-section.js';
import { escapeHtml } from './markup.js';
import { provenanceSection } from './provenance-section.js';
import { ablationsSection, extraSection, resultsSection, statisticsSection } from './results-sections.js';

/** What {@link renderHtml} shows. */
export interface HtmlRequest {
  readonly title: string;
  readonly records: readonly RunRecord[];
  readonly summary: Summary;
  /** The command that reproduces the numbers. */
  readonly command: string;
  /** Shown after the tables of scores. */
  readonly extraTables?: readonly ExtraTable[] | undefined;
}

/**
 * Renders the report as one self-contained page: it makes no requests and can be read without its script. The same records give the
 * same bytes, except for the times in the section "Cost".
 * @throws BalancedRecError `report/no-runs`, `report/duplicate-run`
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
<style>${reportPageStyle}</style>
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

/** Links to the sections that the page has. */
function contents(sections: readonly string[]): string {
  const links = sections.flatMap((section) => {
    const found = /<section id="([a-z0-9-]+)"[\s\S]*?<h2[^>]*>([^<]*)<\/h2>/.exec(section);
    return found ? [`<li><a href="#${found[1]}">${found[2]}</a></li>`] : [];
  });
  return `<nav aria-label="Sections"><ul>${links.join('')}</ul></nav>`;
}

/** The switches that stay visible. They are hidden until the page's script sets them up. */
function toolbar(summary: Summary): string {
  const options = summary.metrics.map((metric) => {
    const chosen = metric === summary.metric ? ' selected' : '';
    return `<option value="${escapeHtml(metric)}"${chosen}>${escapeHtml(metricLabel(metric))}</option>`;
  });
  const select = (name: string, label: string, inside: string) =>
    `<label>${label} <select name="${name}" autocomplete="off">${inside}</select></label>`;
  return `<form class="toolbar" aria-label="What to show" hidden>${select('metric', 'Metric', options.join(''))}${select('dataset', 'Charts of', '')}${select('backbone', 'Backbone', '')}</form>`;
}

/** JSON for a script element, without `<`: no text in it can end the element or open a comment. */
function embedJson(value: unknown): string {
  return JSON.stringify(value).replaceAll('<', '\\u003c');
}
