import { formatChange, formatScore, MISSING } from '../labels/format-number.js';
import { backboneLabel, floorOf, isAblation, isFloorVariant, metricLabel, variantLabel } from '../labels/names.js';
import { significanceMark } from '../statistics/significance.js';
import { percentChange } from '../summary/improvement.js';
import { comparisonOf, type Summary, type SummaryRow } from '../summary/summary.js';
import type { ReportCell, ReportTable } from './report-table.js';
import { significanceLegend } from './statistics-table.js';

/** Dataset x backbone by variant, as in Table 2 of the CKD paper. Floors have their one value in the first column. */
export function mainTable(summary: Summary, metric: string): ReportTable {
  const columns = mainColumns(summary);
  const legend = significanceLegend(summary, metric);
  return {
    title: `Test ${metricLabel(metric)}`,
    notes: [
      `${sentence(seedsCaption(summary))} The best of each row is in bold; ${MISSING} means no run.`,
      ...(legend === undefined ? [] : [legend]),
    ],
    columns: [{ label: 'Backbone', numeric: false }, ...columns.map(({ label }) => ({ label, numeric: true }))],
    rows: (summary.tables[metric] ?? []).map((row) => ({
      dataset: row.dataset,
      cells: [
        { text: backboneLabel(row.backbone) },
        ...columns.map((column, at) => mainCell(summary, metric, row, column, at)),
      ],
    })),
  };
}

/** CKD without each of its parts, and what that costs compared with CKD; undefined if no ablation was run. */
export function ablationTable(summary: Summary, metric: string): ReportTable | undefined {
  const ablations = summary.variants.filter(isAblation);
  const rows = (summary.tables[metric] ?? []).filter(({ cells }) => ablations.some((variant) => cells[variant]));
  if (rows.length === 0) return undefined;
  const legend = significanceLegend(summary, metric);
  return {
    title: `Ablations, test ${metricLabel(metric)}`,
    notes: [
      'CKD without one of its parts, and the relative difference from full CKD: negative if the part helps.',
      ...(legend === undefined ? [] : [legend]),
    ],
    columns: [
      { label: 'Backbone', numeric: false },
      { label: 'CKD', numeric: true },
      ...ablations.flatMap((variant) => [
        { label: variantLabel(variant).replace(/^CKD, /, ''), numeric: true },
        { label: 'vs CKD', numeric: true },
      ]),
    ],
    rows: rows.map((row) => ({
      dataset: row.dataset,
      cells: [
        { text: row.backbone },
        withoutBold(scoreCell(summary, metric, row, 'ckd')),
        ...ablations.flatMap((variant) => [
          withoutBold(scoreCell(summary, metric, row, variant)),
          differenceCell(row, variant),
        ]),
      ],
    })),
  };
}

type MainColumn =
  | { readonly kind: 'variant'; readonly variant: string; readonly label: string }
  | { readonly kind: 'improvement'; readonly label: string };

/** The columns after dataset and backbone: the variants in order, without ablations, and the improvement right after `ckd`. */
function mainColumns({ variants }: Summary): MainColumn[] {
  const shown = variants.filter((variant) => !isAblation(variant) && !isFloorVariant(variant));
  const columns = shown.flatMap((variant): MainColumn[] => {
    const column = { kind: 'variant', variant, label: variantLabel(variant) } as const;
    const compared = variant === 'ckd' && variants.includes('plain');
    return compared ? [column, { kind: 'improvement', label: 'CKD vs plain' }] : [column];
  });
  // A comparison of ablations or floors alone still needs one column.
  return columns.length > 0 ? columns : [{ kind: 'variant', variant: variants[0]!, label: variantLabel(variants[0]!) }];
}

function mainCell(summary: Summary, metric: string, row: SummaryRow, column: MainColumn, at: number): ReportCell {
  const floor = floorOf(row.backbone);
  if (floor && row.cells[floor.variant])
    return at === 0 ? scoreCell(summary, metric, row, floor.variant) : { text: '' };
  if (column.kind === 'variant') return scoreCell(summary, metric, row, column.variant);
  return changeCell(row.improvement?.percent ?? null);
}

/**
 * A variant's score: the mean, its marks against plain, the deviation if there are several seeds, and the number of seeds if other cells
 * have more.
 */
function scoreCell(summary: Summary, metric: string, row: SummaryRow, variant: string): ReportCell {
  const cell = row.cells[variant];
  if (!cell) return { text: MISSING };
  const spread = [
    ...(cell.deviation === null ? [] : [`± ${formatScore(cell.deviation)}`]),
    ...(cell.seeds.length < usualSeeds(summary) ? [`(n = ${cell.seeds.length})`] : []),
  ].join(' ');
  const tested = comparisonOf(summary, metric, row, variant);
  return {
    text: formatScore(cell.mean),
    value: cell.mean,
    best: row.best.includes(variant),
    marks: tested && significanceMark(tested.adjusted),
    spread: spread === '' ? undefined : spread,
  };
}

/** The largest number of seeds of any cell. Cells with fewer say so. */
function usualSeeds({ tables, metric }: Summary): number {
  const rows = tables[metric] ?? [];
  return Math.max(0, ...rows.flatMap((row) => Object.values(row.cells).map((cell) => cell.seeds.length)));
}

function differenceCell({ cells: { ckd, ...others } }: SummaryRow, variant: string): ReportCell {
  const other = others[variant];
  return changeCell(ckd && other ? percentChange(ckd.mean, other.mean) : null);
}

function changeCell(percent: number | null): ReportCell {
  return percent === null ? { text: MISSING } : { text: formatChange(percent), value: percent };
}

/** Bold marks the best of all variants, which may not be in this table. */
function withoutBold(cell: ReportCell): ReportCell {
  return { ...cell, best: false };
}

function sentence(text: string): string {
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}.`;
}

/** What a score is: `mean ± sample standard deviation over 3 seeds (1, 2, 3)`. */
function seedsCaption({ seeds, tables, metrics }: Summary): string {
  const counts = new Set<number>();
  for (const metric of metrics) {
    for (const row of tables[metric] ?? []) for (const cell of Object.values(row.cells)) counts.add(cell.seeds.length);
  }
  const [fewest, most] = [Math.min(...counts), Math.max(...counts)];
  if (most === 1) return seeds.length === 1 ? `one seed (${seeds[0]})` : 'one seed per cell';
  const range = fewest === most ? `${most}` : `${fewest} to ${most}`;
  return `mean ± sample standard deviation over ${range} seeds (${seeds.join(', ')})`;
}
