import { createHash } from 'node:crypto';
import { BalancedRecError, type ErrorDetails } from '@balanced-rec/errors';
import { errorDetailsSchema, type PlainErrorDetails, plainErrorDetails } from '@balanced-rec/errors/schema';
import type { JobsOptions } from 'bullmq';

/** A piece of work. */
export interface Task {
  /** The same for the same work: enqueued twice it is done once. Letters, digits, dots and hyphens. */
  readonly key: string;
  /** Keys of the tasks that come first. */
  readonly after: readonly string[];
  /** Lower ones are done first; from 1. */
  readonly priority: number;
  /** What the worker is handed, as plain data. */
  readonly payload: unknown;
}

/** A task without anything before it. */
export type FreeTask = Omit<Task, 'after'>;

/** What a job of the queue is: a task; or a gate, which a worker opens once its children are done, by enqueueing what waits for them. */
export const JOB_NAMES = { task: 'task', gate: 'gate' } as const;

/** Tries of a task for reasons that are none of its own: a store that does not answer, a process that was killed. */
const ATTEMPTS = 5;

/** Jobs are kept when they are done, so that their keys stay taken until the whole queue is cleared. */
export function jobOptions({ key, priority }: Pick<Task, 'key' | 'priority'>): JobsOptions {
  return { jobId: key, priority, attempts: ATTEMPTS, removeOnComplete: false, removeOnFail: false };
}

/** The key of the gate before all tasks that wait for the same ones. */
export function gateKey(after: readonly string[]): string {
  return `gate-${createHash('sha256')
    .update([...after].sort().join('\n'))
    .digest('hex')
    .slice(0, 32)}`;
}

/** An error as the queue keeps it: one text. */
export type FailureText = string;

/** The task's own error, which it would meet again: it is not tried a second time. */
export class TaskFailure extends Error {
  readonly details: PlainErrorDetails;

  constructor(details: ErrorDetails) {
    super(details.message);
    this.details = plainErrorDetails(details);
  }
}

export function failureText(details: ErrorDetails): FailureText {
  return JSON.stringify(plainErrorDetails(details));
}

/** The error that a worker met; of what the queue itself says, its text. */
export function readFailure(text: FailureText): BalancedRecError {
  try {
    return new BalancedRecError(errorDetailsSchema.parse(JSON.parse(text)));
  } catch {
    return new BalancedRecError({
      code: 'queue/given-up',
      message: 'the queue gave this run up',
      expected: 'a worker that finishes it',
      found: text,
      remedy: 'see what its workers said, and give the same command again',
    });
  }
}
