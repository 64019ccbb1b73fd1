// The records of runs, and the folder that contains them.

export { sealRecord } from './records/record-file.js';
export { RecordFolder } from './records/record-folder.js';
export {
  type CurvePoint,
  decodeScores,
  encodeScores,
  type GroupScores,
  type RunRecord,
  type UserScores,
} from './records/run-record.js';
export type { Choice, Combination, Decision, SearchRecord, Stage, TrialResult } from './records/search-record.js';

// Summaries of the records, in numbers and in words.

export { metricLabel, variantLabel } from './labels/names.js';
export { SIGNIFICANCE_LEVELS, type SignificanceMark, significanceMark } from './statistics/significance.js';
export type { VariantComparison } from './summary/compare-with-plain.js';
export {
  describeAgreement,
  describeImprovement,
  describeLoss,
  type Improvement,
  percentChange,
  type SeedImprovement,
} from './summary/improvement.js';
export {
  type SummarizeOptions,
  type Summary,
  type SummaryCell,
  type SummaryRow,
  summarize,
} from './summary/summary.js';
export type { ViewGap } from './summary/view-gap.js';

// The formats of a report.

export { CSV_COLUMNS, renderCsv, renderJson } from './formats/render-data.js';
export { type LatexRequest, renderLatex } from './formats/render-latex.js';
export { type MarkdownRequest, renderMarkdown } from './formats/render-markdown.js';
export { type HtmlRequest, renderHtml } from './html/render-html.js';
export type { ExtraTable } from './tables/report-table.js';

// The reports of a comparison's folder.

export {
  REPORT_FORMATS,
  type ReportContent,
  type ReportFormat,
  type ReportRequest,
  type Reports,
  writeReport,
  writeReports,
} from './write-report.js';
