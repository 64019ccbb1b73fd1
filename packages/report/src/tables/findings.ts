import { formatChange } from '../labels/format-number.js';
import { backboneLabel, floorOf, metricLabel, moreIsBetter, variantLabel } from '../labels/names.js';
import { isSignificant } from '../statistics/significance.js';
import { comparisonOf, type Summary, type SummaryRow } from '../summary/summary.js';

/** What CKD changed for one dataset x backbone. */
interface Change {
  readonly row: SummaryRow;
  readonly percent: number;
  /** Undefined if it was not tested. */
  readonly significant: boolean | undefined;
}

/**
 * What a comparison found by one metric, in sentences: where CKD helps and where it does not, how certain that is, and which models
 * stay below a floor.
 */
export function findings(summary: Summary, metric: string): string[] {
  if (!moreIsBetter(metric)) return [];
  const rows = summary.tables[metric] ?? [];
  const changes = rows.flatMap((row): Change[] => {
    const percent = row.improvement?.percent;
    if (percent == null) return [];
    const tested = comparisonOf(summary, metric, row, 'ckd');
    return [{ row, percent, significant: tested && isSignificant(tested.adjusted) }];
  });
  return [...outcome(changes, metric), ...extremes(changes), ...belowFloors(rows)];
}

function outcome(changes: readonly Change[], metric: string): string[] {
  const [first] = changes;
  if (!first) return [];
  // Judged by the displayed number: 0.0% counts as no change.
  const raised = changes.filter(({ percent }) => formatChange(percent).startsWith('+'));
  const lowered = changes.filter(({ percent }) => formatChange(percent).startsWith('−'));
  const label = metricLabel(metric);
  const untested = changes.every(({ significant }) => significant === undefined)
    ? ['These differences were not tested for significance.']
    : [];
  if (changes.length === 1) {
    const verb = raised.length > 0 ? 'raises' : lowered.length > 0 ? 'lowers' : 'leaves';
    const asItWas = verb === 'leaves' ? ' at the level of' : verb === 'raises' ? ' over' : ' below';
    return [`CKD ${verb} ${label}${asItWas} plain training${surely(changes)}.`, ...untested];
  }
  const lowers = lowered.length === 0 ? '' : `; it lowers it in ${lowered.length}${surely(lowered)}`;
  return [
    `CKD raises ${label} over plain training in ${raised.length} of ${changes.length} cases (dataset and backbone)${surely(raised)}${lowers}.`,
    ...untested,
  ];
}

function surely(changes: readonly Change[]): string {
  const tested = changes.filter(({ significant }) => significant !== undefined);
  if (tested.length === 0) return '';
  const certain = tested.filter(({ significant }) => significant).length;
  if (tested.length === 1) return certain === 1 ? ', significantly' : ', not significantly';
  return `, significantly in ${certain === 0 ? 'none' : certain === tested.length ? 'all' : certain}`;
}

function extremes(changes: readonly Change[]): string[] {
  if (changes.length < 2) return [];
  const sorted = [...changes].sort((a, b) => b.percent - a.percent);
  const [most, least] = [sorted[0]!, sorted.at(-1)!];
  const told = ({ row, percent }: Change) => `${formatChange(percent)} (${row.backbone} on ${row.dataset})`;
  return [`The changes lie between ${told(least)} and ${told(most)}.`];
}

function belowFloors(rows: readonly SummaryRow[]): string[] {
  return rows.flatMap((floorRow) => {
    const floor = floorOf(floorRow.backbone);
    const level = floor && floorRow.cells[floor.variant]?.mean;
    if (level === undefined) return [];
    const below = rows
      .filter(({ dataset, backbone }) => dataset === floorRow.dataset && !floorOf(backbone))
      .flatMap(({ backbone, cells }) =>
        ['plain', 'ckd'].flatMap((variant) => {
          const mean = cells[variant]?.mean;
          return mean !== undefined && mean < level ? [`${backbone} (${variantLabel(variant)})`] : [];
        }),
      );
    if (below.length === 0) return [];
    return [`On ${floorRow.dataset} these stay below ${backboneLabel(floorRow.backbone)}: ${below.join(', ')}.`];
  });
}
