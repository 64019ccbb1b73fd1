import { BalancedRecError } from '@balanced-rec/errors';
import { compareVariants, floorRank } from '../labels/names.js';
import type { RunRecord } from '../records/run-record.js';

/** All runs of one dataset x backbone. */
export interface RunGroup {
  readonly dataset: string;
  readonly backbone: string;
  /** Variant -> its runs, sorted by seed. Variants are in display order. */
  readonly variants: ReadonlyMap<string, readonly RunRecord[]>;
}

/**
 * Groups runs by dataset and backbone, sorted by name with floors first. The order of the records does not matter.
 * @throws BalancedRecError `report/no-runs`, `report/duplicate-run`
 */
export function groupRuns(records: readonly RunRecord[]): RunGroup[] {
  if (records.length === 0) {
    throw new BalancedRecError({
      code: 'report/no-runs',
      message: 'there are no finished runs to report on',
      remedy: 'run the comparison first',
    });
  }
  const sorted = [...records].sort(
    (a, b) =>
      byName(a.dataset.name, b.dataset.name) ||
      floorRank(a.backbone) - floorRank(b.backbone) ||
      byName(a.backbone, b.backbone) ||
      compareVariants(a.variant, b.variant) ||
      a.seed - b.seed ||
      byName(a.id, b.id),
  );
  const groups: { dataset: string; backbone: string; variants: Map<string, RunRecord[]> }[] = [];
  for (const record of sorted) {
    let group = groups.at(-1);
    if (group?.dataset !== record.dataset.name || group.backbone !== record.backbone) {
      group = { dataset: record.dataset.name, backbone: record.backbone, variants: new Map() };
      groups.push(group);
    }
    const runs = group.variants.get(record.variant) ?? [];
    const twin = runs.find(({ seed }) => seed === record.seed);
    // Averaging two runs of one cell and seed would count that seed twice and might mix configurations.
    if (twin) throw sameCellTwice(twin, record);
    runs.push(record);
    group.variants.set(record.variant, runs);
  }
  return groups;
}

function byName(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

function sameCellTwice(first: RunRecord, second: RunRecord): BalancedRecError {
  return new BalancedRecError({
    code: 'report/duplicate-run',
    message: 'two runs have the same dataset, backbone, variant and seed',
    place: `${first.dataset.name} / ${first.backbone} / ${first.variant} / seed ${first.seed}`,
    expected: 'one run per cell and seed',
    found: first.id === second.id ? `run ${first.id} twice` : `runs ${first.id} and ${second.id}`,
    remedy: 'report on the runs of one configuration at a time',
  });
}
