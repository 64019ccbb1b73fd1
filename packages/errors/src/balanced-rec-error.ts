import { distance } from 'fastest-levenshtein';

/** The parts of a {@link BalancedRecError}, kept separate so that programs can read them. */
export interface ErrorDetails {
  /** Stable and machine-readable, in the form area/fault, for example `dataset/malformed-line`. */
  readonly code: string;
  /** What is wrong, in one sentence without a full stop. */
  readonly message: string;
  /** Where it is: a file and line, a config field, a tensor's name. */
  readonly place?: string | undefined;
  /** What was expected there. */
  readonly expected?: string | undefined;
  /** What was found instead. */
  readonly found?: string | undefined;
  /** What the reader can do about it. */
  readonly remedy?: string | undefined;
  /** The error that led to this one. */
  readonly cause?: unknown;
}

/** The error class of balanced-rec. Its message includes the place, what was expected, what was found and the remedy. */
export class BalancedRecError extends Error {
  readonly code: string;
  readonly details: ErrorDetails;

  constructor(details: ErrorDetails) {
    super(describe(details), details.cause === undefined ? undefined : { cause: details.cause });
    this.name = 'BalancedRecError';
    this.code = details.code;
    this.details = details;
  }
}

/** The candidate closest to `name` by edit distance, or undefined if none is close enough to be a likely typo. */
export function nearestName(name: string, candidates: Iterable<string>): string | undefined {
  let best: string | undefined;
  let bestDistance = Math.max(2, Math.floor(name.length / 3)) + 1;
  for (const candidate of candidates) {
    const d = distance(name.toLowerCase(), candidate.toLowerCase());
    if (d < bestDistance) [best, bestDistance] = [candidate, d];
  }
  return best;
}

function describe({ message, place, expected, found, remedy }: ErrorDetails): string {
  const lines = [place === undefined ? message : `${place}: ${message}`];
  if (expected !== undefined) lines.push(`  expected: ${expected}`);
  if (found !== undefined) lines.push(`  found:    ${found}`);
  if (remedy !== undefined) lines.push(`  remedy:   ${remedy}`);
  return lines.join('\n');
}
