import type { PlannedRun } from '@balanced-rec/eval';

/** When the last run ends, in seconds from now, if each takes as long as `lasting` says and runs start as `schedule` starts them. */
export function busyUntil(
  running: readonly PlannedRun[],
  waiting: readonly PlannedRun[],
  jobs: number,
  lasting: (run: PlannedRun) => number,
): number {
  const ends = new Map(running.map((run) => [run.id, lasting(run)]));
  const free = [...ends.values(), ...new Array<number>(Math.max(0, jobs - ends.size)).fill(0)];
  const unplanned = new Map(waiting.map((run) => [run.id, run]));
  while (unplanned.size > 0) {
    const slot = free.indexOf(Math.min(...free));
    const { run, at } = firstReady(unplanned, ends, free[slot]!);
    free[slot] = at + lasting(run);
    ends.set(run.id, free[slot]);
    unplanned.delete(run.id);
  }
  return Math.max(...free);
}

/** The run that can start first once a worker is free, and when: its teachers have to end before. */
function firstReady(
  unplanned: ReadonlyMap<string, PlannedRun>,
  ends: ReadonlyMap<string, number>,
  free: number,
): { run: PlannedRun; at: number } {
  let first: { run: PlannedRun; at: number } | undefined;
  for (const run of unplanned.values()) {
    if (run.after.some((id) => unplanned.has(id))) continue;
    const at = Math.max(free, ...run.after.map((id) => ends.get(id) ?? 0));
    if (!first || at < first.at) first = { run, at };
    if (at === free) break;
  }
  return first!;
}
