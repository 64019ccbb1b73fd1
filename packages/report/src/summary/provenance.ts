import { formatCount } from '../labels/format-number.js';
import type { RunRecord } from '../records/run-record.js';

/** The datasets of the runs, one entry per name and hash, in order of name. */
export function datasetsOf(records: readonly RunRecord[]): RunRecord['dataset'][] {
  const found = new Map(records.map(({ dataset }) => [JSON.stringify([dataset.name, dataset.hash]), dataset]));
  return [...found].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, dataset]) => dataset);
}

/** Package -> the versions that the runs were made with; more than one where they differ. */
export function versionsOf(records: readonly RunRecord[]): [name: string, versions: string[]][] {
  const found = new Map<string, Set<string>>();
  for (const { versions } of records) {
    for (const [name, version] of Object.entries(versions)) {
      found.set(name, (found.get(name) ?? new Set()).add(version));
    }
  }
  return [...found].sort(([a], [b]) => (a < b ? -1 : 1)).map(([name, versions]) => [name, [...versions].sort()]);
}

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
