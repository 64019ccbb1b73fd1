import type { ExtraTable } from '../extra-table.js';
import { groupRuns } from '../group-runs.js';
import { metricLabel } from '../metric-label.js';
import type { RunRecord } from '../run-record.js';
import type { Summary } from '../summary.js';
import { costSection } from './cost-section.js';
import { curvesSection } from './curves-section.js';
import { embedJson } from './embed-json.js';
import { embedScript } from './embed-script.js';
import { escapeHtml } from './escape-html.js';
import { extraSection } from './extra-section.js';
import { headerSection } from './header-section.js';
import { imbalanceSection } from './imbalance-section.js';
import type { PageData } from './page-data.js';
import { PAGE_STYLE } from './page-style.js';
import { panelOf } from './panel-of.js';
import { provenanceSection } from './provenance-section.js';
import { resultsSection } from './results-section.js';
import { variantMarks } from './variant-mark.js';
import { weightsSection } from './weights-section.js';

export interface HtmlRequest {
  readonly title: string;
  readonly records: readonly RunRecord[];
  readonly summary: Summary;
  /** What to type to get the same numbers again. */
  readonly command: string;
  /** Shown after the main table. */
  readonly extraTables?: readonly ExtraTable[];
}

/**
 * The report as one page that needs nothing else: no request, no server, no script to be read. The same records give the
 * same bytes, but for the times in the section "Cost".
 */
export function renderHtml({ title, records, summary, command, extraTables = [] }: HtmlRequest): string {
  const data = pageData(records, summary);
  const sections = [
    headerSection(title, records, summary),
    '<main>',
    resultsSection(summary),
    ...extraTables.map(extraSection),
    curvesSection(data, summary.metric),
    imbalanceSection(data, summary),
    weightsSection(data, summary.metric),
    costSection(records),
    provenanceSection(records, command),
    '</main>',
  ];
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'; img-src data:">
<link rel="icon" href="data:,">
<title>${escapeHtml(title)}</title>
<style>${PAGE_STYLE}</style>
</head>
<body>
<div class="page">
${sections.filter((section) => section !== '').join('\n')}
</div>
<script type="application/json" id="page-data">${embedJson(data)}</script>
<script>${embedScript()}</script>
</body>
</html>
`;
}

function pageData(records: readonly RunRecord[], summary: Summary): PageData {
  const marks = variantMarks(summary.variants);
  const panels = groupRuns(records).map((group) => panelOf(group, marks, summary.metric));
  const curveMetrics = records.flatMap(({ curve }) => curve.flatMap((point) => Object.keys(point.validation ?? {})));
  const metrics = [...new Set([...summary.metrics, ...curveMetrics])];
  return { panels, labels: Object.fromEntries(metrics.map((metric) => [metric, metricLabel(metric)])) };
}
