import { BalancedRecError } from '@balanced-rec/errors';

/** A launcher between the terminal and us (npm, tsx) may pass a Ctrl-C on that we have had from the terminal already. */
const SAME_REQUEST_MS = 1000;

const KEPT_RUNS = 'finished runs are kept, and begun ones go on from their last checkpoint';

/**
 * A signal that is aborted when the user asks to end (Ctrl-C, or `kill`), so that what is under way ends cleanly.
 * Asking again ends the process at once.
 *
 * @param kept what is said of the work so far
 */
export function interruptionSignal(kept = KEPT_RUNS): AbortSignal {
  const controller = new AbortController();
  let askedAt: number | undefined;
  const end = () => {
    if (askedAt === undefined) controller.abort(interrupted(kept));
    else if (performance.now() - askedAt > SAME_REQUEST_MS) process.exit(130);
    askedAt ??= performance.now();
  };
  process.on('SIGINT', end);
  process.on('SIGTERM', end);
  return controller.signal;
}

function interrupted(kept: string): BalancedRecError {
  return new BalancedRecError({
    code: 'cli/interrupted',
    message: `interrupted; ${kept}`,
    remedy: 'give the same command again to go on from there',
  });
}
