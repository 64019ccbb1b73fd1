import type { RunRecord } from '../records/run-record.js';
import type { RunGroup } from '../summary/group-runs.js';
import { stableJson } from '../summary/stable-json.js';

/** Differences between the runs of one dataset x backbone that make their numbers hard to compare, in words. */
export function cautions(groups: readonly RunGroup[]): string[] {
  return groups.flatMap((group) => {
    const runs = [...group.variants.values()].flat();
    const place = `${group.dataset}, ${group.backbone}`;
    const differing = CHECKS.filter(({ of }) => distinct(runs.map(of)) > 1);
    return differing.map(({ what }) => `${place}: not all runs have ${what}.`);
  });
}

const CHECKS: readonly { what: string; of: (run: RunRecord) => unknown }[] = [
  { what: 'the same data (the hashes of the data differ)', of: (run) => run.dataset.hash },
  // What is not trained, such as an ensemble of teachers, has no configuration of its own.
  { what: 'the same backbone configuration', of: (run) => (isTrained(run) ? run.backboneConfig : undefined) },
  { what: 'the same protocol', of: ({ protocol: { distillation: _, modulation: __, ...shared } }) => shared },
  { what: 'the same engine', of: (run) => run.engine },
];

function isTrained({ result }: RunRecord): boolean {
  return result.stoppedBy !== 'untrained';
}

/** How many different values there are, undefined ones apart. */
function distinct(values: readonly unknown[]): number {
  return new Set(values.filter((value) => value !== undefined).map((value) => stableJson(value))).size;
}
