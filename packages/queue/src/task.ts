import { createHash } from 'node:crypto';
import { BalancedRecError, type ErrorDetails } from '@balanced-rec/errors';
import { errorDetailsSchema, type PlainErrorDetails, plainErrorDetails } from '@balanced-rec/errors/schema';
import type { JobsOptions } from 'bullmq';

/** A piece of work. */
export interface Task {
  /** Identifies the work: a task enqueued twice is done once. Letters, digits, dots and hyphens. */
  readonly key: string;
  /** The keys of the tasks that must be done first. */
  readonly after: readonly string[];
  /** Lower numbers are done first; at least 1. */
  readonly priority: number;
  /** The plain data that the worker receives. */
  readonly payload: unknown;
}

/** A task without predecessors. */
export type FreeTask = Omit<Task, 'after'>;

/**
 * The kinds of job in the queue: a task, or a gate. A worker opens a gate once its children are done, by enqueueing the tasks
 * behind it.
 */
export const JOB_NAMES = { task: 'task', gate: 'gate' } as const;

/** Attempts at a task after external failures, such as an unreachable store or a killed process. */
const ATTEMPTS = 5;

/** Finished jobs are kept, so that their keys stay taken until the whole queue is cleared. */
export function jobOptions({ key, priority }: Pick<Task, 'key' | 'priority'>): JobsOptions {
  return { jobId: key, priority, attempts: ATTEMPTS, removeOnComplete: false, removeOnFail: false };
}

/** The key of the gate shared by all tasks that wait for the same predecessors. */
export function gateKey(after: readonly string[]): string {
  return `gate-${createHash('sha256')
    .update([...after].sort().join('\n'))
    .digest('hex')
    .slice(0, 32)}`;
}

/** An error as stored in the queue, in one string. */
export type FailureText = string;

/** An error of the task itself, which would occur again. The task is not retried. */
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

/** Parses an error reported by a worker. For a message from the queue itself, returns an error with its text. */
export function readFailure(text: FailureText): BalancedRecError {
  try {
    return new BalancedRecError(errorDetailsSchema.parse(JSON.parse(text)));
  } catch {
    return new BalancedRecError({
      code: 'queue/given-up',
      message: 'the queue gave up on this run',
      expected: 'a worker that finishes it',
      found: text,
      remedy: 'check the output of the workers, then run the same command again',
    });
  }
}
