import type { PlannedRun } from '@balanced-rec/eval';
import type { RunProgress } from './run-progress.js';

/** How long runs took, averaged over similar runs. */
export class RunDurations {
  readonly #sums = new Map<string, { seconds: number; count: number }>();

  add(run: PlannedRun, seconds: number): void {
    for (const key of keys(run)) {
      const sum = this.#sums.get(key) ?? { seconds: 0, count: 0 };
      this.#sums.set(key, { seconds: sum.seconds + seconds, count: sum.count + 1 });
    }
  }

  /** The mean over runs with the same dataset, backbone and kind of variant. */
  ofKind(run: PlannedRun): number | undefined {
    return this.#mean(keys(run)[0]!);
  }

  /** The mean over the most similar runs, however dissimilar they are. */
  ofNearest(run: PlannedRun): number | undefined {
    const known = keys(run).find((key) => this.#sums.has(key));
    return known === undefined ? undefined : this.#mean(known);
  }

  #mean(key: string): number | undefined {
    const sum = this.#sums.get(key);
    return sum && sum.seconds / sum.count;
  }
}

/** What a comparison still has to do. */
export interface Remaining {
  /** Runs that have not started and that no failure prevents; teachers first. */
  readonly waiting: readonly PlannedRun[];
  readonly running: readonly { readonly run: PlannedRun; readonly progress: RunProgress }[];
  /** Durations of the finished runs. */
  readonly durations: RunDurations;
  readonly jobs: number;
}

/**
 * How sure an estimate is: `about` if a run of each kind has finished, `at least` if one is only in progress (it may take longer),
 * `perhaps` if nothing is known about a kind and the times of other kinds stand in.
 */
const SURENESS = ['about', 'at least', 'perhaps'] as const;

export interface TimeLeft {
  readonly seconds: number;
  readonly sureness: (typeof SURENESS)[number];
}

interface Guess {
  readonly seconds: number;
  /** An index of {@link SURENESS}. */
  readonly level: number;
}

/** How long the comparison will take from now on; undefined while nothing is known. */
export function timeLeft({ waiting, running, durations, jobs }: Remaining): TimeLeft | undefined {
  const inProgress = new RunDurations();
  for (const { run, progress } of running) {
    if (progress.secondsInAll !== undefined) inProgress.add(run, progress.secondsInAll);
  }
  const wholeRun = (run: PlannedRun): Guess | undefined => {
    const guesses = [
      durations.ofKind(run),
      inProgress.ofKind(run),
      durations.ofNearest(run) ?? inProgress.ofNearest(run),
    ];
    const level = guesses.findIndex((seconds) => seconds !== undefined);
    return level < 0 ? undefined : { seconds: guesses[level]!, level };
  };
  const restOfRun = ({ run, progress }: Remaining['running'][number]): Guess | undefined => {
    const whole = wholeRun(run);
    if (!whole) return undefined;
    const { secondsInAll, secondsLeft = 0, secondsSoFar } = progress;
    // A resumed run has done more than this process has seen.
    const behind = secondsInAll === undefined ? secondsSoFar : secondsInAll - secondsLeft;
    // If it has outlasted the others, its own pace is the better guide.
    return { ...whole, seconds: Math.max(whole.seconds - behind, secondsLeft) };
  };
  const guesses = new Map<string, Guess>();
  for (const one of [...waiting, ...running]) {
    const [run, guess] = 'progress' in one ? [one.run, restOfRun(one)] : [one, wholeRun(one)];
    if (!guess) return undefined;
    guesses.set(run.id, guess);
  }
  const level = [...guesses.values()].reduce((most, guess) => Math.max(most, guess.level), 0);
  const seconds = busyUntil(
    running.map(({ run }) => run),
    waiting,
    jobs,
    ({ id }) => guesses.get(id)!.seconds,
  );
  return { seconds, sureness: SURENESS[level]! };
}

/** When the last run ends, in seconds from now, if each takes as long as `lasting` says and runs start in the order of `schedule`. */
function busyUntil(
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

/** The run that can start first once a worker is free, and when: its teachers must finish before it. */
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

/** The keys under which a run counts as similar to others, from most to least similar. */
function keys({ settings: { dataset, backbone }, kind }: PlannedRun): readonly string[] {
  const of = (...parts: string[]) => JSON.stringify(parts);
  return [of(dataset.name, backbone.name, kind), of(dataset.name, backbone.name), of(dataset.name), of()];
}
