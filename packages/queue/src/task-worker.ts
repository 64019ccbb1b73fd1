import { BalancedRecError } from '@balanced-rec/errors';
import { type Job, Queue, UnrecoverableError, WaitingError, Worker } from 'bullmq';
import * as z from 'zod';
import { inTime } from './in-time.js';
import { isPosted } from './notices.js';
import { PREFIX } from './redis/keys.js';
import type { PatientRedis } from './redis/patient-redis.js';
import { isReply, refusalOf, refused } from './redis/refusals.js';
import { failureText, JOB_NAMES, TaskFailure } from './task.js';
import { Abandoned, Heartbeat, Reports, type TaskHand } from './task-hand.js';
import { addTasks } from './task-queue.js';

/** How many times a task may be taken over from workers that vanished. */
const TAKE_OVERS = 50;

/** How long returning tasks to the queue may take. */
const GIVING_BACK_MS = 10_000;

const gateSchema = z.strictObject({
  tasks: z.array(z.strictObject({ key: z.string(), priority: z.int().positive(), payload: z.unknown() })),
});

/** How a worker performs tasks, and how many at a time. */
export interface TaskWorkerOptions {
  /** The name of this worker, for people. */
  readonly title: string;
  /** The number of tasks performed at the same time. */
  readonly jobs: number;
  /** The time in seconds without a heartbeat after which another worker takes a task over. */
  readonly stalledAfter: number;
  /**
   * Performs a task. The payload comes from Redis and must be validated.
   *
   * @throws TaskFailure for an error of the task itself; after any other error, the task is retried
   */
  perform(payload: unknown, hand: TaskHand): Promise<void>;
}

/** Takes tasks from a queue, one after another, until it is stopped. */
export class TaskWorker {
  readonly #redis: PatientRedis;
  readonly #options: TaskWorkerOptions;
  readonly #queue: Queue;
  readonly #worker: Worker;
  readonly #stop = new AbortController();
  #fault: BalancedRecError | undefined;

  constructor(redis: PatientRedis, name: string, options: TaskWorkerOptions) {
    this.#redis = redis;
    this.#options = options;
    const milliseconds = 1000 * options.stalledAfter;
    this.#queue = new Queue(name, { connection: redis, prefix: PREFIX, skipMetasUpdate: true });
    this.#worker = new Worker(name, (job, token) => this.#process(job, token!), {
      connection: redis,
      prefix: PREFIX,
      name: options.title,
      concurrency: options.jobs,
      lockDuration: milliseconds,
      skipLockRenewal: true,
      stalledInterval: milliseconds / 2,
      maxStalledCount: TAKE_OVERS,
      runRetryDelay: 1000,
      drainDelay: 2,
    });
    // Lost connections recover, and a task's error is stored with its job.
    this.#queue.on('error', () => {});
    this.#worker.on('error', (error) => {
      if (isReply(error) && !refusalOf(error)) this.#fault ??= refused(name, error);
    });
  }

  /** What Redis answered if it will always refuse what this worker asks; undefined while all is well. */
  get fault(): BalancedRecError | undefined {
    return this.#fault;
  }

  /** Returns the current tasks to the queue and stops. */
  async stop(): Promise<void> {
    this.#stop.abort(new Abandoned('stopped'));
    const closed = this.#worker.close().then(() => this.#sweep());
    // While Redis is unusable, nothing can be returned. Other workers then take the tasks over as from a worker that vanished.
    if (!(await inTime(closed, GIVING_BACK_MS))) {
      closed.catch(() => {});
      void this.#worker.disconnect();
    }
  }

  /** A cleared queue may have been written to again, for example by the check for stalled jobs. */
  async #sweep(): Promise<void> {
    if (!(await isPosted(this.#redis, this.#queue.name))) await this.#queue.obliterate({ force: true });
    await this.#queue.close();
  }

  async #process(job: Job, token: string): Promise<void> {
    if (job.name === JOB_NAMES.gate) return this.#openGate(job);
    const heartbeat = new Heartbeat(job, token, 1000 * this.#options.stalledAfter);
    const signal = AbortSignal.any([heartbeat.lost, this.#stop.signal]);
    const reports = new Reports((batch) => job.updateProgress(batch as object));
    try {
      await this.#options.perform(job.data, { signal, report: (report) => reports.add(report) });
      await reports.sent();
    } catch (error) {
      if (this.#stop.signal.aborted && !heartbeat.lost.aborted) {
        await job.moveToWait(token);
        throw new WaitingError();
      }
      if (error instanceof TaskFailure) throw new UnrecoverableError(failureText(error.details));
      throw error instanceof BalancedRecError ? new Error(failureText(error.details), { cause: error }) : error;
    } finally {
      heartbeat.stop();
    }
  }

  async #openGate({ data, queueName }: Job): Promise<void> {
    const gate = gateSchema.safeParse(data);
    if (!gate.success) throw new UnrecoverableError('the job is not a gate of balanced-rec');
    if (await isPosted(this.#redis, queueName)) await addTasks(this.#redis, this.#queue, gate.data.tasks);
  }
}
