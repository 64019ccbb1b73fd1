import { groupLabel } from '../labels/group-label.js';
import { meanAndDeviation } from '../labels/mean-and-deviation.js';
import type { RunRecord } from '../records/run-record.js';
import type { Group } from './page-data.js';

/** Scores by group, means over the runs that have the group. */
export function groupsOf(runs: readonly RunRecord[], kind: 'users' | 'items'): Group[] {
  return (runs[0]?.groups[kind] ?? []).map((group) => {
    const label = groupLabel(group);
    const twins = runs.flatMap(({ groups }) => groups[kind].filter((other) => groupLabel(other) === label));
    const values = Object.keys(group.values).map((metric) => {
      const mean = meanAndDeviation(twins.flatMap((twin) => twin.values[metric] ?? [])).mean;
      return [metric, Number(mean.toPrecision(6))] as const;
    });
    return { label, count: group.count, values: Object.fromEntries(values) };
  });
}
