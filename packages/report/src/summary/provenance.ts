import { formatCount } from '../labels/format-number.js';
import type { RunRecord } from '../records/run-record.js';
import type { RunGroup } from './group-runs.js';

/** Where the numbers come from, in one line. */
export function provenanceLine(records: readonly RunRecord[]): string {
  const distinct = (values: string[]) => [...new Set(values)].sort().join(', ');
  const data = datasetsOf(records).map(({ name, hash, users, items }) => {
    return `${name} (${formatCount(users)} users, ${formatCount(items)} items, data ${hash})`;
  });
  const protocols = distinct(records.map(({ protocol }) => String(protocol.name ?? 'unnamed')));
  const engines = distinct(records.map(({ engine }) => engine));
  const versions = versionsOf(records).map(([name, all]) => `${name} ${all.join(' and ')}`);
  return [
    `${records.length} ${records.length === 1 ? 'run' : 'runs'}`,
    `protocol ${protocols}`,
    `engine ${engines}`,
    ...data,
    ...versions,
  ].join('; ');
}

/** The datasets of the runs, one entry per name and hash, sorted by name. */
export function datasetsOf(records: readonly RunRecord[]): RunRecord['dataset'][] {
  const found = new Map(records.map(({ dataset }) => [JSON.stringify([dataset.name, dataset.hash]), dataset]));
  return [...found].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, dataset]) => dataset);
}

/** Package -> the versions that the runs used; more than one if they differ. */
export function versionsOf(records: readonly RunRecord[]): [name: string, versions: string[]][] {
  const found = new Map<string, Set<string>>();
  for (const { versions } of records) {
    for (const [name, version] of Object.entries(versions)) {
      found.set(name, (found.get(name) ?? new Set()).add(version));
    }
  }
  return [...found].sort(([a], [b]) => (a < b ? -1 : 1)).map(([name, versions]) => [name, [...versions].sort()]);
}

/** The differences between runs of one dataset x backbone that make their numbers hard to compare, in words. */
export function cautions(groups: readonly RunGroup[]): string[] {
  return groups.flatMap((group) => {
    const runs = [...group.variants.values()].flat();
    const place = `${group.dataset}, ${group.backbone}`;
    const differing = CHECKS.filter(({ of }) => countDistinct(runs.map(of)) > 1);
    return differing.map(({ what }) => `${place}: not all runs have ${what}.`);
  });
}

const CHECKS: readonly { what: string; of: (run: RunRecord) => unknown }[] = [
  { what: 'the same data (the hashes of the data differ)', of: (run) => run.dataset.hash },
  // An untrained model, such as an ensemble of teachers, has no configuration of its own.
  { what: 'the same backbone configuration', of: (run) => (isTrained(run) ? run.backboneConfig : undefined) },
  { what: 'the same protocol', of: ({ protocol: { distillation: _, modulation: __, ...shared } }) => shared },
  { what: 'the same engine', of: (run) => run.engine },
];

function isTrained({ result }: RunRecord): boolean {
  return result.stoppedBy !== 'untrained';
}

/** The number of different values, not counting undefined. */
function countDistinct(values: readonly unknown[]): number {
  return new Set(values.filter((value) => value !== undefined).map((value) => stableJson(value))).size;
}

/** JSON with sorted keys, so that equal content gives equal text. */
export function stableJson(value: unknown, indent?: number): string {
  return JSON.stringify(sorted(value), null, indent) ?? 'null';
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (value === null || typeof value !== 'object') return value;
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(entries.map(([key, inner]) => [key, sorted(inner)]));
}
