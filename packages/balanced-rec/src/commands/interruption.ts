import { BalancedRecError } from '@balanced-rec/errors';

/** A launcher between the terminal and us (npm, tsx) may pass a Ctrl-C on that we have had from the terminal already. */
const SAME_REQUEST_MS = 1000;

const RUNS_GO_ON: Consequence = {
  message: 'interrupted; finished runs are kept, and begun ones go on from their last checkpoint',
  remedy: 'give the same command again to go on from them',
};

/** What has become of the work, for who interrupted it. */
interface Consequence {
  readonly message: string;
  readonly remedy: string;
}

/**
 * A signal that is aborted when the user asks to end (Ctrl-C, or `kill`), so that what is under way ends cleanly.
 * Asking again ends the process at once.
 */
export function interruptionSignal(consequence: Consequence = RUNS_GO_ON): AbortSignal {
  const controller = new AbortController();
  let askedAt: number | undefined;
  const end = () => {
    if (askedAt === undefined) controller.abort(interrupted(consequence));
    else if (performance.now() - askedAt > SAME_REQUEST_MS) process.exit(130);
    askedAt ??= performance.now();
  };
  process.on('SIGINT', end);
  process.on('SIGTERM', end);
  return controller.signal;
}

function interrupted(consequence: Consequence): BalancedRecError {
  return new BalancedRecError({ code: 'cli/interrupted', ...consequence });
}
