import { FlowProducer, Queue, QueueEvents } from 'bullmq';
import type { Redis } from 'ioredis';
import { PREFIX } from './connect.js';
import { type FailureText, type FreeTask, gateKey, JOB_NAMES, jobOptions, type Task } from './task.js';

/** Where a task stands in the queue. */
export type TaskState =
  | { readonly status: 'absent' | 'waiting' | 'active' | 'completed' }
  | { readonly status: 'failed'; readonly reason: FailureText };

/** Hears what workers do, as far as Redis passes it on: for show, since events are lost where Redis is. */
export interface TaskListener {
  /** A worker took the task. */
  started(key: string): void;
  /** The worker told of it: what its `report` was given. */
  progress(key: string, report: unknown): void;
}

/** The queue of one plan, for who enqueues it and follows it. */
export class TaskQueue {
  readonly #queue: Queue;
  readonly #flows: FlowProducer;
  readonly #events: QueueEvents;

  constructor(redis: Redis, name: string, listener: TaskListener) {
    const options = { connection: redis, prefix: PREFIX };
    this.#queue = new Queue(name, options);
    this.#flows = new FlowProducer(options);
    this.#events = new QueueEvents(name, options);
    // Each connection tells of its trouble on its own, and all mend themselves.
    this.#queue.on('error', () => {});
    this.#flows.on('error', () => {});
    this.#events.on('error', () => {});
    this.#events.on('active', ({ jobId }) => listener.started(jobId));
    this.#events.on('progress', ({ jobId, data }) => listener.progress(jobId, data));
  }

  /**
   * Enqueues the tasks that are not there yet. Those that wait for others come behind a gate, which BullMQ opens when these are
   * completed, whether or not anybody follows the queue.
   * @param tasks not done yet, in an order in which each comes after those that it waits for
   * @param done keys of tasks that nothing need wait for any more
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
    const present = await this.#present([...byKey.keys(), ...gated.keys()]);
    for (const [key, { open, tasks: waiting }] of gated) {
      const first = open.map((task) => byKey.get(task));
      // Where the gate was lost but not what it waits for, the tasks are enqueued when that is done.
      const isWhole = first.every((task) => task !== undefined && !present.has(task.key));
      if (present.has(key) || !isWhole) continue;
      await this.#flows.add({
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
      });
      for (const task of first) present.add(task!.key);
    }
    await addTasks(
      this.#queue,
      free.filter(({ key }) => !present.has(key)),
    );
  }

  /** What has become of a task. */
  async state(key: string): Promise<TaskState> {
    const state = await this.#queue.getJobState(key);
    if (state === 'unknown') return { status: 'absent' };
    if (state === 'completed' || state === 'active') return { status: state };
    if (state !== 'failed') return { status: 'waiting' };
    const job = await this.#queue.getJob(key);
    return job ? { status: 'failed', reason: job.failedReason as FailureText } : { status: 'absent' };
  }

  /** Takes a task out that nobody works on, so that it can be enqueued anew. */
  async remove(key: string): Promise<void> {
    await this.#queue.remove(key);
  }

  /** How many workers are connected. */
  workerCount(): Promise<number> {
    return this.#queue.getWorkersCount();
  }

  /** Removes everything of the queue from Redis; workers that are at a task give it up. */
  async clear(): Promise<void> {
    await this.#queue.obliterate({ force: true });
  }

  /** Lets go of Redis; the tasks stay. */
  async close(): Promise<void> {
    await Promise.all([this.#queue.close(), this.#flows.close(), this.#events.close()]);
  }

  async #present(keys: readonly string[]): Promise<Set<string>> {
    const states = await Promise.all(keys.map((key) => this.#queue.getJobState(key)));
    return new Set(keys.filter((_, at) => states[at] !== 'unknown'));
  }
}

/** Enqueues tasks that nothing comes before. */
export async function addTasks(queue: Queue, tasks: readonly FreeTask[]): Promise<void> {
  if (tasks.length === 0) return;
  await queue.addBulk(tasks.map((task) => ({ name: JOB_NAMES.task, data: task.payload, opts: jobOptions(task) })));
}
