import { setTimeout as wait } from 'node:timers/promises';
import { BalancedRecError } from '@balanced-rec/errors';
import { hasRedis, type RedisProcess } from '@balanced-rec/redis-process';
import { describe, expect, onTestFinished, test, vi } from 'vitest';
import {
  connect,
  postNotice,
  readFailure,
  readNotices,
  type Task,
  TaskFailure,
  type TaskHand,
  type TaskListener,
  TaskQueue,
  TaskWorker,
} from '../src/index.js';
import { startedRedis } from './started-redis.js';

const nobody: TaskListener = { started: () => {}, progress: () => {} };
const task = (key: string, priority: number, after: readonly string[] = []): Task => ({
  ...{ key, priority, after },
  payload: { key },
});

async function connected(redis: RedisProcess) {
  const client = await connect(redis.url, () => {});
  onTestFinished(() => client.disconnect());
  return client;
}

/** A worker that records its tasks. */
async function worker(redis: RedisProcess, perform: (key: string, hand: TaskHand) => Promise<void>, stalledAfter = 1) {
  const client = await connected(redis);
  const made = new TaskWorker(client, 'plan', {
    ...{ title: 'tester', jobs: 1, stalledAfter },
    perform: (payload, hand) => perform((payload as { key: string }).key, hand),
  });
  onTestFinished(() => made.stop());
  return made;
}

async function queue(redis: RedisProcess, listener = nobody) {
  const client = await connected(redis);
  await postNotice(client, 'plan', { about: 'a test' });
  const made = new TaskQueue(client, 'plan', listener);
  onTestFinished(() => made.close());
  return { queue: made, client };
}

async function untilAll(made: TaskQueue, status: string, keys: readonly string[]) {
  await vi.waitFor(
    async () => {
      for (const key of keys) expect((await made.state(key)).status, key).toBe(status);
    },
    { timeout: 30_000, interval: 50 },
  );
}

describe.skipIf(!hasRedis())('tasks (skipped without redis-server)', () => {
  test('are each done once, after their predecessors, even if enqueued again and if nobody follows the queue', async () => {
    const redis = await startedRedis();
    const { queue: first } = await queue(redis);
    const tasks = [task('a', 1), task('b', 2), task('c', 3, ['a', 'b']), task('d', 4, ['b', 'a'])];
    for (let times = 0; times < 3; times++) await first.ensure(tasks, new Set());
    const done: string[] = [];
    await worker(redis, async (key) => void done.push(key));
    await untilAll(first, 'completed', ['a', 'b', 'c', 'd']);
    await first.ensure(tasks, new Set());
    await wait(300);
    expect(done).toEqual(['a', 'b', 'c', 'd']);
    await first.clear();
    expect(redis.keys().filter((key) => !/stalled-check|:open$/.test(key))).toEqual([]);
  });

  test('are enqueued at once if their predecessors are done', async () => {
    const redis = await startedRedis();
    const { queue: made } = await queue(redis);
    await made.ensure([task('c', 3, ['a', 'b'])], new Set(['a', 'b']));
    expect(await made.state('c')).toEqual({ status: 'waiting' });
  });

  test('that fail report their error, are not retried, and block their successors', async () => {
    const redis = await startedRedis();
    const { queue: made } = await queue(redis);
    await made.ensure([task('bad', 1), task('good', 2), task('child', 3, ['bad', 'good'])], new Set());
    const tried: string[] = [];
    const details = { code: 'training/diverged', message: 'training diverged', found: 'bpr = NaN' };
    await worker(redis, async (key) => {
      tried.push(key);
      if (key === 'bad') throw new TaskFailure(details);
    });
    await untilAll(made, 'failed', ['bad']);
    await untilAll(made, 'completed', ['good']);
    const state = await made.state('bad');
    const error = readFailure((state as { reason: string }).reason);
    expect(error).toBeInstanceOf(BalancedRecError);
    expect(error.details).toEqual(details);
    await wait(300);
    expect(tried).toEqual(['bad', 'good']);
    expect(await made.state('child')).toEqual({ status: 'absent' });
  });

  test('are retried after any other error', async () => {
    const redis = await startedRedis();
    const { queue: made } = await queue(redis);
    await made.ensure([task('a', 1)], new Set());
    let tries = 0;
    await worker(redis, async () => {
      tries++;
      if (tries < 3) throw new Error('the share is away');
    });
    await untilAll(made, 'completed', ['a']);
    expect(tries).toBe(3);
  });

  test('are returned by a worker that stops, which does not count as an attempt', async () => {
    const redis = await startedRedis();
    const { queue: made } = await queue(redis);
    await made.ensure([task('a', 1)], new Set());
    for (let times = 0; times < 7; times++) {
      let started = false;
      const stopping = await worker(
        redis,
        (_, { signal }) => {
          started = true;
          return new Promise((_resolve, reject) => signal.addEventListener('abort', () => reject(signal.reason)));
        },
        30,
      );
      await vi.waitFor(() => expect(started).toBe(true), { timeout: 10_000 });
      await stopping.stop();
      expect(await made.state('a')).toEqual({ status: 'waiting' });
    }
    await worker(redis, async () => {});
    await untilAll(made, 'completed', ['a']);
  });

  test('report their progress in order', async () => {
    const redis = await startedRedis();
    const heard: unknown[] = [];
    const started: string[] = [];
    const { queue: made } = await queue(redis, {
      started: (key) => void started.push(key),
      progress: (_, reports) => void heard.push(...(reports as unknown[])),
    });
    await wait(200);
    await made.ensure([task('a', 1)], new Set());
    await worker(redis, async (_, { report }) => {
      for (let n = 0; n < 100; n++) {
        report({ n });
        if (n % 10 === 0) await wait(1);
      }
    });
    await vi.waitFor(() => expect(heard).toHaveLength(100), { timeout: 10_000 });
    expect(heard).toEqual(Array.from({ length: 100 }, (_, n) => ({ n })));
    expect(started).toEqual(['a']);
  });

  test('are not asked for in vain for ever if another program has written over the queue', async () => {
    const redis = await startedRedis();
    await queue(redis);
    redis.ask('set', 'balanced-rec:plan:wait', 'theirs');
    const made = await worker(redis, async () => {});
    await vi.waitFor(() => expect(made.fault).toMatchObject({ code: 'queue/refused' }), { timeout: 10_000 });
    expect(made.fault!.details.found).toContain('WRONGTYPE');
  });

  test('continue after Redis is killed and restarted', async () => {
    const redis = await startedRedis();
    const said: string[] = [];
    const client = await connect(redis.url, (line) => said.push(line));
    onTestFinished(() => client.disconnect());
    await postNotice(client, 'plan', {});
    const made = new TaskQueue(client, 'plan', nobody);
    onTestFinished(() => made.close());
    await made.ensure([task('a', 1), task('b', 2)], new Set());
    const done: string[] = [];
    await worker(redis, async (key) => {
      done.push(key);
      await wait(1500);
    });
    await vi.waitFor(() => expect(done).toEqual(['a']));
    await redis.kill();
    await wait(200);
    await redis.start();
    await untilAll(made, 'completed', ['a', 'b']);
    expect([...(await readNotices(client)).keys()]).toEqual(['plan']);
    expect(said).toEqual([expect.stringContaining('lost the connection'), expect.stringContaining('reconnected')]);
  });
});

test.each([
  ['http://localhost', 'queue/bad-url'],
  ['redis://localhost/a', 'queue/bad-url'],
  ['localhost:6379', 'queue/bad-url'],
])('refuses the address %s', async (url, code) => {
  await expect(connect(url, () => {})).rejects.toMatchObject({ code });
});
