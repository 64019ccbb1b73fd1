import { BalancedRecError } from '@balanced-rec/errors';
import type * as queuePart from '@balanced-rec/queue';
import { comparisonBlob } from './notice.js';
import type { QueueAddress } from './queued-runs.js';
import { stateName } from './state-upload.js';

/** Which comparison to cancel, and where. */
export interface CancelOptions extends QueueAddress {
  /** Its id or title; without it, the queued comparisons are listed. */
  readonly name?: string | undefined;
  /** Is told what was done, one line at a time. */
  readonly say: (line: string) => void;
}

/** A comparison in the queue, by whatever version of balanced-rec. */
interface Queued {
  readonly queue: string;
  readonly id: string;
  readonly title: string;
  readonly enqueued: string;
}

/**
 * Cancels a queued comparison: workers abandon its runs, its coordinator ends, and its tasks, notice and saved states are removed.
 * Finished results stay in the store. Can be repeated if it was interrupted.
 *
 * @throws BalancedRecError `queue/...` and `store/...`: Redis or the store cannot be used, or which comparison is meant is not clear
 */
export async function cancel(part: typeof queuePart, { queue, store: place, name, say }: CancelOptions): Promise<void> {
  const store = await part.openStore(place);
  const redis = await part.connect(queue, say);
  try {
    const queued = [...(await part.readNotices(redis))].map(([key, notice]) => described(key, notice));
    if (queued.length === 0) return say('nothing is queued');
    if (name === undefined) {
      for (const one of queued) say(asLine(one));
      return say('give the id of one to cancel it');
    }
    const { queue: of, id, title } = named(name, queued);
    const blob = comparisonBlob(store, id);
    if (!(await blob.isThere())) throw otherStore(title, store.place);
    await blob.cancel();
    const tasks = new part.TaskQueue(redis, of, { started: () => {}, progress: () => {} });
    const keys = await tasks.keys();
    await part.withdrawNotice(redis, of);
    await tasks.clear();
    await tasks.close();
    // A worker that has not heard of it yet removes what it saves later.
    for (const key of keys) await store.remove(stateName(key));
    await blob.remove();
    say(`cancelled ${title}; finished results stay in ${store.place}`);
  } catch (error) {
    throw part.explained(error, 'the queue');
  } finally {
    redis.disconnect();
  }
}

function described(queue: string, notice: unknown): Queued {
  const { title, enqueued } = (notice ?? {}) as { readonly title?: unknown; readonly enqueued?: unknown };
  return { queue, id: queue.replace(/^comparison-/, ''), title: String(title), enqueued: String(enqueued) };
}

function asLine({ id, title, enqueued }: Queued): string {
  return `${id}  ${title}, queued ${enqueued}`;
}

function named(name: string, queued: readonly Queued[]): Queued {
  const found = queued.filter(({ id, title }) => id === name || title === name);
  if (found.length === 1) return found[0]!;
  throw new BalancedRecError({
    code: 'queue/which-comparison',
    message: found.length === 0 ? 'no such comparison is queued' : 'more than one comparison has this title',
    place: name,
    expected: 'the id or title of one comparison in the queue',
    found: (found.length === 0 ? queued : found).map(asLine).join('; '),
    remedy: 'give an id; `balanced-rec cancel` without one lists them',
  });
}

function otherStore(title: string, found: string): BalancedRecError {
  return new BalancedRecError({
    code: 'queue/other-store',
    message: 'the comparison was enqueued with another store',
    place: title,
    expected: 'the store that `balanced-rec compare` was given',
    found,
    remedy: 'give the same --store, so that its saved states are removed too',
  });
}
