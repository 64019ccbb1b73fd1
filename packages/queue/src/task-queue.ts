import { FlowProducer, Queue, QueueEvents } from 'bullmq';
import { inTime } from './in-time.js';
import { PREFIX } from './redis/keys.js';
import type { PatientRedis } from './redis/patient-redis.js';
import { type FailureText, type FreeTask, gateKey, JOB_NAMES, jobOptions, type Task } from './task.js';

/** The state of a task in the queue. */
export type TaskState =
  | { readonly status: 'absent' | 'waiting' | 'active' | 'completed' }
  | { readonly status: 'failed'; readonly reason: FailureText };

/**
 * Receives the workers' events as far as Redis delivers them. They are for display only, because events are lost while Redis is
 * unreachable.
 */
export interface TaskListener {
  /** A worker took the task. */
  started(key: string): void;
  /** A worker reported progress on the task, with the argument of its `report`. */
  progress(key: string, report: unknown): void;
}

/** How long to wait for an event at a time; shorter than the time after which a silent connection counts as lost. */
const LONGEST_WAIT_MS = 5000;

/** How long closing the connections may take. */
const CLOSING_MS = 2000;

/** The queue of one plan, for the process that enqueues and follows it. */
export class TaskQueue {
  readonly #redis: PatientRedis;
  readonly #queue: Queue;
  readonly #flows: FlowProducer;
  readonly #events: QueueEvents;

  constructor(redis: PatientRedis, name: string, listener: TaskListener) {
    const options = { connection: redis, prefix: PREFIX };
    this.#redis = redis;
    this.#queue = new Queue(name, options);
    this.#flows = new FlowProducer(options);
    this.#events = new QueueEvents(name, { ...options, blockingTimeout: LONGEST_WAIT_MS });
    // Each connection reports its own errors, and all of them recover on their own.
    this.#queue.on('error', () => {});
    this.#flows.on('error', () => {});
    this.#events.on('error', () => {});
    this.#events.on('active', ({ jobId }) => listener.started(jobId));
    this.#events.on('progress', ({ jobId, data }) => listener.progress(jobId, data));
  }

  /**
   * Enqueues the tasks that are not in the queue yet. Tasks that wait for others go behind a gate, which BullMQ opens when
   * those are completed, even if nobody follows the queue.
   *
   * @param tasks the unfinished tasks, each after those that it waits for
   * @param done the keys of tasks that are finished, so nothing has to wait for them
   */
  async ensure(tasks: readonly Task[], done: ReadonlySet<string>): Promise<void> {
    const free: FreeTask[] = [];
    const gated = new Map<string, { readonly open: readonly string[]; readonly tasks: Task[] }>();
    for (const task of tasks) {
      const open = task.after.filter((key) => !done.has(key));
      const gate = gateKey(task.after);
      if (open.length === 0) free.push(task);
      else if (gated.has(gate)) gated.get(gate)!.tasks.push(task);
      else gated.set(gate, { open, tasks: [task] });
    }
    const byKey = new Map(free.map((task) => [task.key, task]));
    const keys = [...byKey.keys(), ...gated.keys()];
    const present = await this.#present(keys);
    await Promise.all(keys.filter((key) => !present.has(key)).map((key) => this.#removeStray(key)));
    for (const [key, { open, tasks: waiting }] of gated) {
      const first = open.map((task) => byKey.get(task));
      // If the gate was lost but its predecessors were not, the tasks are enqueued once those are done.
      const isWhole = first.every((task) => task !== undefined && !present.has(task.key));
      if (present.has(key) || !isWhole) continue;
      const gate = {
        name: JOB_NAMES.gate,
        queueName: this.#queue.name,
        data: { tasks: waiting.map(({ after: _, ...task }) => task) },
        opts: jobOptions({ key, priority: Math.min(...waiting.map(({ priority }) => priority)) }),
        children: first.map((task) => ({
          name: JOB_NAMES.task,
          queueName: this.#queue.name,
          data: task!.payload,
          opts: { ...jobOptions(task!), failParentOnFailure: true },
        })),
      };
      await this.#redis.insist(() => this.#flows.add(gate));
      for (const task of first) present.add(task!.key);
    }
    await addTasks(
      this.#redis,
      this.#queue,
      free.filter(({ key }) => !present.has(key)),
    );
  }

  /** Returns the state of a task. */
  async state(key: string): Promise<TaskState> {
    const state = await this.#queue.getJobState(key);
    if (state === 'unknown') return { status: 'absent' };
    if (state === 'completed' || state === 'active') return { status: state };
    if (state !== 'failed') return { status: 'waiting' };
    const job = await this.#queue.getJob(key);
    return job ? { status: 'failed', reason: job.failedReason as FailureText } : { status: 'absent' };
  }

  /** Removes a task that no worker is working on, so that it can be enqueued again. */
  async remove(key: string): Promise<void> {
    await this.#queue.remove(key);
  }

  /** The number of connected workers. */
  workerCount(): Promise<number> {
    return this.#queue.getWorkersCount();
  }

  /** Removes the whole queue from Redis. Workers abandon its tasks. */
  async clear(): Promise<void> {
    await this.#queue.obliterate({ force: true });
  }

  /** The keys of all tasks, also of those behind gates. */
  async keys(): Promise<string[]> {
    const jobs = await this.#queue.getJobs();
    return jobs.flatMap(({ id, name, data }) =>
      name === JOB_NAMES.gate ? (data.tasks as readonly FreeTask[]).map(({ key }) => key) : [id!],
    );
  }

  /** Closes the connections to Redis. The tasks stay. If Redis does not answer, they end with the connection given at the start. */
  async close(): Promise<void> {
    const closed = Promise.all([this.#queue.close(), this.#flows.close(), this.#events.close()]);
    if (!(await inTime(closed, CLOSING_MS))) closed.catch(() => {});
  }

  /** A script that Redis stopped in the middle may leave a job that is in no list, and whose key is taken. */
  async #removeStray(key: string): Promise<void> {
    if (await this.#queue.getJob(key)) await this.remove(key);
  }

  async #present(keys: readonly string[]): Promise<Set<string>> {
    const states = await Promise.all(keys.map((key) => this.#queue.getJobState(key)));
    return new Set(keys.filter((_, at) => states[at] !== 'unknown'));
  }
}

/** Enqueues tasks without predecessors. */
export async function addTasks(redis: PatientRedis, queue: Queue, tasks: readonly FreeTask[]): Promise<void> {
  if (tasks.length === 0) return;
  const jobs = tasks.map((task) => ({ name: JOB_NAMES.task, data: task.payload, opts: jobOptions(task) }));
  await redis.insist(() => queue.addBulk(jobs));
}
