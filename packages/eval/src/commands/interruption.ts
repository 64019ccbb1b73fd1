import { BalancedRecError } from '@balanced-rec/errors';

/** A launcher between the terminal and us (npm, tsx) may pass a Ctrl-C on that we have had from the terminal already. */
const SAME_REQUEST_MS = 1000;

/**
 * A signal that is aborted when the user asks to end (Ctrl-C, or `kill`), so that what is under way ends cleanly.
 * Asking again ends the process at once.
 */
export function interruptionSignal(): AbortSignal {
  const controller = new AbortController();
  let askedAt: number | undefined;
  const end = () => {
    if (askedAt === undefined) controller.abort(interrupted());
    else if (performance.now() - askedAt > SAME_REQUEST_MS) process.exit(130);
    askedAt ??= performance.now();
  };
  process.on('SIGINT', end);
  process.on('SIGTERM', end);
  return controller.signal;
}

function interrupted(): BalancedRecError {
  return new BalancedRecError({
    code: 'cli/interrupted',
    message: 'interrupted; finished runs are kept, and begun ones go on from their last checkpoint',
    remedy: 'give the same command again to go on from them',
  });
}
