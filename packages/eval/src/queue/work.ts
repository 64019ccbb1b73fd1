import { mkdtemp, rm } from 'node:fs/promises';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { BalancedRecError } from '@balanced-rec/errors';
import { startEngine } from '@balanced-rec/models';
import type * as queuePart from '@balanced-rec/queue';
import type { BlobStore } from '@balanced-rec/queue';
import { RunStore } from '../store/run-store.js';
import { checkAllowed } from './allowed-packages.js';
import { comparisonBlob, type Notice, queueName, readNotice } from './notice.js';
import { RunPerformer } from './perform-run.js';
import type { QueueAddress } from './queued-runs.js';
import { orAborted, patiently, pause } from './waiting.js';
import { findDataset } from './worker-data.js';

const LOOK_EVERY_MS = 1000;

type Redis = Awaited<ReturnType<typeof queuePart.connect>>;

/** What a worker is started with; nothing in the queue can exceed these permissions. */
export interface WorkOptions extends QueueAddress {
  /** Dataset folders that it may use. */
  readonly data: readonly string[];
  /** Third-party packages that it may import. */
  readonly packages: readonly string[];
  /** Its own folder for runs in progress; by default a temporary one, which it removes. */
  readonly scratch?: string | undefined;
  /** Number of runs at a time. */
  readonly jobs: number;
  /** Seconds without a heartbeat after which a worker's runs are taken over. */
  readonly stalledAfter: number;
  /** Return when a comparison is done. */
  readonly once: boolean;
  /** Is told what the worker does, one line at a time. */
  readonly say: (line: string) => void;
  readonly signal: AbortSignal;
}

/**
 * Serves comparisons, in the order in which they were enqueued, until the signal is aborted.
 *
 * @param part the package `@balanced-rec/queue`, which is not a dependency because only this needs it
 * @throws BalancedRecError `queue/...` and `store/...`: a fault in the queue or the store, or why it can serve none of the comparisons
 * that exist when it starts
 */
export async function work(part: typeof queuePart, options: WorkOptions): Promise<void> {
  const { queue, store: place, scratch: given, ...limits } = options;
  const store = await part.openStore(place);
  const redis = await part.connect(queue, options.say);
  const scratch = given ?? (await mkdtemp(join(tmpdir(), 'balanced-rec-worker-')));
  try {
    await serveAll({ ...limits, part, redis, store, scratch, title: `${hostname()}:${process.pid}` });
  } catch (error) {
    if (!options.signal.aborted) throw error;
  } finally {
    redis.disconnect();
    if (given === undefined) await rm(scratch, { recursive: true, force: true });
  }
}

/** What a worker needs while it serves. */
interface WorkerMeans extends Omit<WorkOptions, keyof QueueAddress | 'scratch'> {
  readonly part: typeof queuePart;
  readonly redis: Redis;
  readonly store: BlobStore;
  readonly scratch: string;
  /** The name by which people tell workers apart. */
  readonly title: string;
}

async function serveAll(means: WorkerMeans): Promise<void> {
  const { part, redis, signal, once, say } = means;
  const refused = new Set<string>();
  for (let isFirst = true; ; isFirst = false) {
    const notices = await orAborted(part.readNotices(redis), signal);
    // A refused comparison may be withdrawn, and return in a form that this worker can serve.
    for (const name of refused) if (!notices.has(name)) refused.delete(name);
    const refusals: BalancedRecError[] = [];
    const open = [...notices].filter(([name]) => !refused.has(name));
    const next = await firstServable(open, means, (name, refusal) => {
      refused.add(name);
      refusals.push(refusal);
    });
    if (isFirst && !next && refusals.length > 0) throw refusals[0]!;
    for (const refusal of refusals) say(`not served: ${refusal.message}`);
    if (next) await serve(next, means);
    if (next && once) return;
    if (!next) await pause(LOOK_EVERY_MS, signal);
  }
}

interface Servable {
  readonly notice: Notice;
  readonly data: ReadonlyMap<string, string>;
}

async function firstServable(
  notices: readonly (readonly [string, unknown])[],
  means: WorkerMeans,
  refuse: (name: string, refusal: BalancedRecError) => void,
): Promise<Servable | undefined> {
  const enqueued = (notice: unknown) => String((notice as { enqueued?: unknown } | null)?.enqueued);
  const sorted = [...notices].sort(([, a], [, b]) => (enqueued(a) < enqueued(b) ? -1 : 1));
  for (const [name, text] of sorted) {
    try {
      return await accept(name, text, means);
    } catch (error) {
      if (!(error instanceof BalancedRecError)) throw error;
      refuse(name, error);
    }
  }
  return undefined;
}

/** @throws BalancedRecError why this worker cannot do the comparison's runs */
async function accept(name: string, text: unknown, means: WorkerMeans): Promise<Servable> {
  const { data, packages, store } = means;
  const notice = readNotice(text);
  if (queueName(notice) !== name) throw foreignNotice(name, queueName(notice));
  checkAllowed(notice.packages, packages, notice.title);
  if (!(await patiently(() => comparisonBlob(store, notice.id).isThere(), means))) throw otherStore(notice, store);
  const folders = new Map<string, string>();
  for (const dataset of notice.datasets) folders.set(dataset.hash, await findDataset(dataset, data));
  await startEngine(notice.engine, notice.title);
  return { notice, data: folders };
}

/** Executes runs of one comparison until it is over. */
async function serve({ notice, data }: Servable, means: WorkerMeans): Promise<void> {
  const { part, redis, store, packages, jobs, stalledAfter, title, signal, say } = means;
  const scratch = join(means.scratch, notice.id);
  await new RunStore(scratch).hold(async () => {
    say(`serving ${notice.title}`);
    const { isOpen } = comparisonBlob(store, notice.id);
    const performer = new RunPerformer({ part, store, packages, data, say, scratch, isOpen });
    const worker = new part.TaskWorker(redis, queueName(notice), {
      ...{ title, jobs, stalledAfter },
      perform: (payload, hand) => performer.perform(payload, hand),
    });
    try {
      while (await orAborted(part.isPosted(redis, queueName(notice)), signal)) {
        if (worker.fault) throw worker.fault;
        await pause(LOOK_EVERY_MS, signal);
      }
      say(`${notice.title} is over`);
    } finally {
      await worker.stop();
    }
  });
}

function otherStore({ title }: Notice, { place }: BlobStore): BalancedRecError {
  return new BalancedRecError({
    code: 'queue/other-store',
    message: "the comparison was enqueued with a store other than this worker's",
    place: title,
    expected: 'the store that `balanced-rec compare` was given',
    found: place,
    remedy: 'give the worker the same --store',
  });
}

function foreignNotice(place: string, found: string): BalancedRecError {
  return new BalancedRecError({
    code: 'queue/bad-task',
    message: 'the queue contains a comparison under the name of another',
    ...{ place, expected: place, found },
    remedy: 'check what else writes to this Redis',
  });
}
