import type { PlannedRun } from '@balanced-rec/eval';
import { busyUntil } from './busy-until.js';
import { RunDurations } from './run-durations.js';
import type { RunProgress } from './run-progress.js';

/** What a comparison has still to do. */
export interface Remaining {
  /** Those that have not started and that no failure prevents; teachers first. */
  readonly waiting: readonly PlannedRun[];
  readonly running: readonly { readonly run: PlannedRun; readonly progress: RunProgress }[];
  /** Of the runs that are finished. */
  readonly durations: RunDurations;
  readonly jobs: number;
}

/**
 * How sure an estimate is: `about` where a run of each kind has finished, `at least` where one is only in progress (it may go on for
 * longer), `perhaps` where nothing is known of a kind and the times of others stand in.
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
    // A run that goes on from the middle has more behind it than this process has seen.
    const behind = secondsInAll === undefined ? secondsSoFar : secondsInAll - secondsLeft;
    // Its own pace knows better than others' where it has outlasted them.
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
