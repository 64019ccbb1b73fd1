import { BalancedRecError } from '@balanced-rec/errors';
import type * as queuePart from '@balanced-rec/queue';
import type { BlobStore, Task, TaskQueue } from '@balanced-rec/queue';
import type { OpenPlace, PlaceContext, PlanStart, RunPlace } from '../comparison/run-place.js';
import type { RunOutcome } from '../comparison/schedule.js';
import { thisMachine } from '../machine/this-machine.js';
import type { Plan, PlannedRun } from '../plan/plan.js';
import type { RunEvent } from '../runs/run-options.js';
import { Following } from './following.js';
import { comparisonBlob, noticeOf, queueName } from './notice.js';
import { fetchResult } from './result-files.js';
import { runTask, taskKey } from './run-task.js';
import { stateName } from './state-upload.js';
import { orAborted, patiently, pause } from './waiting.js';

const LOOK_EVERY_MS = 1000;
const TELL_OF_NO_WORKERS_AFTER_MS = 10_000;
/** How many requests to send to the store at a time. */
const AT_ONCE = 16;

/** Where comparisons are enqueued, and where their results go. */
export interface QueueAddress {
  /** `redis://...` */
  readonly queue: string;
  /** A folder, or `s3://...` */
  readonly store: string;
}

type Redis = Awaited<ReturnType<typeof queuePart.connect>>;

/** Opens a comparison's queue: enqueues its runs for workers, and follows them. */
export function queuedRuns(part: typeof queuePart, address: QueueAddress): OpenPlace {
  return { open: (context) => openQueue(part, address, context) };
}

async function openQueue(part: typeof queuePart, address: QueueAddress, context: PlaceContext): Promise<RunPlace> {
  const say = (line: string) => context.listener.noted?.(line);
  const store = await part.openStore(address.store);
  const redis = await part.connect(address.queue, say);
  const place = new QueuedRuns(part, redis, store, context, say);
  try {
    await place.announce();
  } catch (error) {
    await place.close(false);
    throw error;
  }
  return place;
}

class QueuedRuns implements RunPlace {
  readonly #part: typeof queuePart;
  readonly #redis: Redis;
  readonly #store: BlobStore;
  readonly #context: PlaceContext;
  readonly #say: (line: string) => void;
  readonly #notice: ReturnType<typeof noticeOf>;
  readonly #queue: TaskQueue;
  /** Every run so far, including all stages of a search, by the key of its task. */
  readonly #runs = new Map<string, PlannedRun>();
  readonly #signal: AbortSignal;

  constructor(
    part: typeof queuePart,
    redis: Redis,
    store: BlobStore,
    context: PlaceContext,
    say: (line: string) => void,
  ) {
    this.#part = part;
    this.#redis = redis;
    this.#store = store;
    this.#context = context;
    this.#say = say;
    this.#signal = context.signal ?? new AbortController().signal;
    this.#notice = noticeOf(context);
    this.#queue = new part.TaskQueue(redis, queueName(this.#notice), {
      started: (key) => this.#heard(key, (run) => context.listener.started(run)),
      progress: (key, report) =>
        this.#heard(key, (run) => {
          if (Array.isArray(report)) for (const event of report) context.listener.event(run, event as RunEvent);
        }),
    });
  }

  async announce(): Promise<void> {
    // This tells a worker that it uses the same store.
    await this.#answer(this.#blob.open());
    await this.#answer(this.#part.postNotice(this.#redis, queueName(this.#notice), this.#notice));
  }

  async begin(plan: Plan, kept: ReadonlySet<string>): Promise<PlanStart> {
    const tasks = this.#tasks(plan);
    const found = new Set(kept);
    const missing = plan.runs.filter(({ id }) => !kept.has(id));
    await forEach(missing, async ({ id }) => {
      if (await this.#fetch(tasks.get(id)!.key)) found.add(id);
    });
    const workers = await this.#answer(this.#queue.workerCount());
    const { freeBytes } = thisMachine();
    return { kept: found, choice: { jobs: Math.max(1, workers), limit: 'workers', bytesPerRun: 0, freeBytes } };
  }

  async perform(
    plan: Plan,
    { kept }: PlanStart,
    refused: ReadonlyMap<string, BalancedRecError>,
  ): Promise<ReadonlyMap<string, RunOutcome>> {
    const following = new Following(plan.runs, this.#tasks(plan));
    for (const run of plan.runs) {
      const refusal = refused.get(run.id);
      if (kept.has(run.id)) following.done(run);
      else if (refusal) this.#failed(following, run, refusal);
    }
    const start = performance.now();
    let toldOfNoWorkers = false;
    while (following.open.length > 0) {
      if (!(await this.#isPosted())) await this.#notPosted(following);
      await this.#enqueue(following);
      await pause(LOOK_EVERY_MS, this.#signal);
      for (const run of following.open) await this.#look(following, run);
      if (!toldOfNoWorkers && performance.now() - start > TELL_OF_NO_WORKERS_AFTER_MS) {
        toldOfNoWorkers = true;
        if ((await this.#answer(this.#queue.workerCount())) === 0)
          this.#say('there are no workers yet; start some with `balanced-rec worker`');
      }
    }
    return following.outcomes;
  }

  async close(isOver: boolean): Promise<void> {
    try {
      if (isOver) await this.#removeAll();
    } finally {
      await this.#queue.close();
      this.#redis.disconnect();
    }
  }

  async #removeAll(): Promise<void> {
    await this.#answer(this.#part.withdrawNotice(this.#redis, queueName(this.#notice)));
    await this.#answer(this.#queue.clear());
    await forEach([...this.#runs.keys()], (key) => this.#patiently(() => this.#store.remove(stateName(key))));
    await this.#patiently(() => this.#blob.remove());
  }

  #isPosted(): Promise<boolean> {
    return this.#answer(this.#part.isPosted(this.#redis, queueName(this.#notice)));
  }

  /**
   * Posts the notice again if Redis has lost it. If the comparison was ended by another process, fetches what there is.
   * @throws BalancedRecError `queue/cancelled` if that is not everything
   */
  async #notPosted(following: Following): Promise<void> {
    if (await this.#patiently(() => this.#blob.isOpen()))
      return this.#answer(this.#part.postNotice(this.#redis, queueName(this.#notice), this.#notice));
    for (const run of following.open)
      if (await this.#fetch(following.tasks.get(run.id)!.key)) await this.#finished(following, run);
    if (following.open.length === 0) return;
    await this.#answer(this.#queue.clear());
    throw cancelled(this.#notice.title, following.open.length);
  }

  /** Enqueues again what Redis may have lost. */
  async #enqueue({ open, tasks, outcomes }: Following): Promise<void> {
    const done = [...outcomes].filter(([, { status }]) => status === 'done').map(([id]) => tasks.get(id)!.key);
    await this.#answer(
      this.#queue.ensure(
        open.map(({ id }) => tasks.get(id)!),
        new Set(done),
      ),
    );
  }

  async #look(following: Following, run: PlannedRun): Promise<void> {
    const blocker = following.blockerOf(run);
    if (blocker) return following.blocked(run, blocker);
    const { key } = following.tasks.get(run.id)!;
    const state = await this.#answer(this.#queue.state(key));
    if (state.status !== 'completed' && state.status !== 'failed') return;
    if (await this.#fetch(key)) await this.#finished(following, run);
    else if (state.status === 'failed') this.#failed(following, run, this.#part.readFailure(state.reason));
    // The result has been deleted in the meantime.
    else await this.#answer(this.#queue.remove(key));
  }

  #fetch(key: string): Promise<boolean> {
    return this.#patiently(() => fetchResult(this.#store, key, this.#context.store.folder));
  }

  async #finished(following: Following, run: PlannedRun): Promise<void> {
    const { listener, store } = this.#context;
    following.done(run);
    if (run.trial) listener.tried(run, (await store.findTrial(run.id))!);
    else listener.finished(run, (await store.find(run.id))!);
  }

  #failed(following: Following, run: PlannedRun, error: BalancedRecError): void {
    following.failed(run, error);
    this.#context.listener.failed(run, error);
  }

  #heard(key: string, tell: (run: PlannedRun) => void): void {
    const run = this.#runs.get(key);
    if (run) tell(run);
  }

  #tasks({ runs, datasets }: Plan): ReadonlyMap<string, Task> {
    const tasks = new Map<string, Task>();
    for (const [at, run] of runs.entries()) {
      const after = run.after.map((id) => tasks.get(id)!.key);
      const { hash } = datasets.get(run.settings.dataset.name)!;
      const payload = runTask(run, hash, after, this.#context);
      const key = taskKey(payload);
      tasks.set(run.id, { key, after, priority: at + 1, payload });
      this.#runs.set(key, run);
    }
    return tasks;
  }

  get #blob() {
    return comparisonBlob(this.#store, this.#notice.id);
  }

  /** Waits for an answer of Redis. What it refuses for good is explained; everything else is repeated until it works. */
  async #answer<T>(answer: Promise<T>): Promise<T> {
    try {
      return await orAborted(answer, this.#signal);
    } catch (error) {
      throw this.#part.explained(error, queueName(this.#notice));
    }
  }

  #patiently<T>(work: () => Promise<T>): Promise<T> {
    return patiently(work, { signal: this.#signal, say: this.#say });
  }
}

async function forEach<T>(items: readonly T[], work: (item: T) => Promise<void>): Promise<void> {
  for (let at = 0; at < items.length; at += AT_ONCE) await Promise.all(items.slice(at, at + AT_ONCE).map(work));
}

function cancelled(place: string, open: number): BalancedRecError {
  return new BalancedRecError({
    code: 'queue/cancelled',
    message: 'the comparison was cancelled',
    place,
    expected: 'a comparison that stays queued until it is done',
    found: `it was withdrawn with ${open} unfinished ${open === 1 ? 'run' : 'runs'}`,
    remedy: 'run the same command again to queue them; finished runs are kept',
  });
}
