import { BalancedRecError } from '@balanced-rec/errors';

/** A launcher (npm, tsx) may forward a Ctrl-C that the terminal has already sent to this process. */
const SAME_REQUEST_MS = 1000;

const RUNS_GO_ON: Consequence = {
  message: 'interrupted; finished runs are kept, and unfinished ones resume from their last checkpoint',
  remedy: 'run the same command again to resume',
};

/** What happened to the interrupted work, and how to resume it. */
interface Consequence {
  readonly message: string;
  readonly remedy: string;
}

/**
 * Returns a signal that is aborted when the user asks to stop (Ctrl-C or `kill`), so that work in progress ends cleanly.
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
