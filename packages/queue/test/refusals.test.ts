import { setTimeout as wait } from 'node:timers/promises';
import { hasRedis, type RedisProcess } from '@balanced-rec/redis-process';
import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { connect, explained, postNotice, readNotices, TaskQueue, TaskWorker } from '../src/index.js';
import { startedRedis } from './started-redis.js';

const RIGHTS = ['~balanced-rec:*', '+@all', '-@admin', '+client|list'];

/** Ways to make Redis answer with errors while it runs. */
const TROUBLES = {
  'out of memory': {
    begin: (redis: RedisProcess) => redis.ask('config', 'set', 'maxmemory', '1'),
    end: (redis: RedisProcess) => redis.ask('config', 'set', 'maxmemory', '0'),
    code: 'queue/not-writable',
    said: /OOM/,
  },
  'a read-only replica': {
    begin: (redis: RedisProcess) => redis.ask('replicaof', '127.0.0.1', '1'),
    end: (redis: RedisProcess) => redis.ask('replicaof', 'no', 'one'),
    code: 'queue/not-writable',
    said: /READONLY|UNBLOCKED/,
  },
  'a primary that has lost its replicas': {
    begin: (redis: RedisProcess) => redis.ask('config', 'set', 'min-replicas-to-write', '1'),
    end: (redis: RedisProcess) => redis.ask('config', 'set', 'min-replicas-to-write', '0'),
    code: 'queue/not-writable',
    said: /NOREPLICAS/,
  },
  'a replica without its primary': {
    begin: (redis: RedisProcess) => {
      redis.ask('config', 'set', 'replica-serve-stale-data', 'no');
      redis.ask('replicaof', '127.0.0.1', '1');
    },
    end: (redis: RedisProcess) => redis.ask('replicaof', 'no', 'one'),
    code: 'queue/not-writable',
    said: /MASTERDOWN|READONLY|UNBLOCKED/,
  },
  'a user without rights to write': {
    begin: (redis: RedisProcess) => redis.ask('acl', 'setuser', 'worker', '-@write'),
    end: (redis: RedisProcess) => redis.ask('acl', 'setuser', 'worker', '+@write'),
    code: 'queue/not-permitted',
    said: /permission|user executing/,
  },
  'a user without rights to one command within scripts': {
    begin: (redis: RedisProcess) => redis.ask('acl', 'setuser', 'worker', '-zadd'),
    end: (redis: RedisProcess) => redis.ask('acl', 'setuser', 'worker', '+zadd'),
    code: 'queue/not-permitted',
    said: /zadd|user executing/,
  },
  'a script that runs': {
    begin: (redis: RedisProcess) => {
      redis.ask('config', 'set', 'busy-reply-threshold', '20');
      redis.begin('eval', 'while true do end', '0');
    },
    end: (redis: RedisProcess) => redis.ask('script', 'kill'),
    code: 'queue/busy',
    said: /BUSY/,
  },
} as const;

/** A Redis with a user that has exactly the rights that the errors recommend. */
async function redisWithUser(): Promise<{ readonly redis: RedisProcess; readonly url: string }> {
  const redis = await startedRedis();
  redis.ask('acl', 'setuser', 'worker', 'on', '>secret', ...RIGHTS);
  return { redis, url: redis.url.replace('redis://', 'redis://worker:secret@') };
}

describe.skipIf(!hasRedis())('a Redis that answers with errors (skipped without redis-server)', () => {
  describe.each(Object.entries(TROUBLES))('%s', (_, { begin, end, code, said }) => {
    test('is refused at the start with what it says, and leaves nothing', async () => {
      const { redis, url } = await redisWithUser();
      begin(redis);
      await wait(100);
      await expect(connect(url, () => {})).rejects.toMatchObject({
        code,
        details: { place: `127.0.0.1:${redis.port}`, found: expect.stringMatching(said), remedy: expect.any(String) },
      });
      end(redis);
      expect(redis.keys()).toEqual([]);
    });

    test('is waited for in the middle by those who enqueue and those who work, and told of once', async () => {
      const { redis, url } = await redisWithUser();
      const lines: string[] = [];
      const [client, workers] = await Promise.all([connect(url, (line) => lines.push(line)), connect(url, () => {})]);
      onTestFinished(() => {
        client.disconnect();
        workers.disconnect();
      });
      await postNotice(client, 'plan', {});
      const queue = new TaskQueue(client, 'plan', { started: () => {}, progress: () => {} });
      onTestFinished(() => queue.close());
      const done = new Set<string>();
      const worker = new TaskWorker(workers, 'plan', {
        ...{ title: 'tester', jobs: 2, stalledAfter: 10 },
        perform: async (payload, { report }) => {
          report({ half: true });
          await wait(400);
          done.add(payload as string);
        },
      });
      onTestFinished(() => worker.stop());
      const task = (key: string, after: string[] = []) => ({ key, after, priority: 1, payload: key });
      const tasks = [task('a'), task('b'), task('c', ['a']), task('d', ['b'])];
      const others = [task('e'), task('g'), task('f', ['g'])];
      await queue.ensure(tasks, new Set());
      await vi.waitFor(async () => expect((await queue.state('a')).status).toBe('active'));
      begin(redis);
      // It may begin in a process of its own.
      await wait(200);
      const more = queue.ensure(others, new Set());
      const notice = postNotice(client, 'other', {});
      await vi.waitFor(() => expect(lines).toHaveLength(1), { timeout: 5000 });
      await wait(800);
      end(redis);
      await Promise.all([more, notice]);
      const all = [...tasks, ...others];
      await vi.waitFor(
        async () => {
          // As who follows a queue does, who knows from the store what is done.
          await queue.ensure(
            all.filter(({ key }) => !done.has(key)),
            done,
          );
          for (const { key } of all) expect(done.has(key) || (await queue.state(key)).status, key).toBe(true);
        },
        { timeout: 20_000, interval: 200 },
      );
      expect([...(await readNotices(client)).keys()].sort()).toEqual(['other', 'plan']);
      await vi.waitFor(() => expect(lines).toHaveLength(2), { timeout: 5000 });
      expect(lines).toEqual([
        expect.stringMatching(/answers ".+"; waiting until it accepts/),
        expect.stringContaining('accepts commands again'),
      ]);
      expect(lines[0]).toMatch(said);
    });
  });

  test.each(['a user without rights to write', 'a script that runs'] as const)(
    'workers and queues stop during %s',
    async (name) => {
      const { redis, url } = await redisWithUser();
      const client = await connect(url, () => {});
      onTestFinished(() => client.disconnect());
      const queue = new TaskQueue(client, 'plan', { started: () => {}, progress: () => {} });
      const worker = new TaskWorker(client, 'plan', {
        ...{ title: 'tester', jobs: 1, stalledAfter: 10 },
        perform: async () => {},
      });
      await queue.ensure([{ key: 'a', after: [], priority: 1, payload: {} }], new Set());
      TROUBLES[name].begin(redis);
      await wait(500);
      const start = performance.now();
      await Promise.all([worker.stop(), queue.close()]);
      expect(performance.now() - start).toBeLessThan(12_000);
    },
  );

  test.each([
    ['a cluster', ['--cluster-enabled', 'yes'], '/0', 'queue/clustered', /CLUSTERDOWN|MOVED/],
    ['another database of a cluster', ['--cluster-enabled', 'yes'], '/1', 'queue/clustered', /SELECT/],
    ['too many clients', ['--maxclients', '1'], '/0', 'queue/busy', /max number of clients/],
    ['a database that does not exist', [], '/99', 'queue/refused', /DB index/],
    ['a key of another type in the place of ours', [], '/0', 'queue/refused', /WRONGTYPE/],
    ['no password', ['--requirepass', 'secret'], '/0', 'queue/not-permitted', /NOAUTH/],
  ])('%s is refused at the start', async (what, options, path, code, found) => {
    const redis = await startedRedis(options);
    if (what.startsWith('a key')) redis.ask('set', 'balanced-rec:open', 'ours');
    if (what === 'too many clients') redis.begin('blpop', 'nothing', '0');
    await wait(100);
    await expect(connect(redis.url.replace('/0', path), () => {})).rejects.toMatchObject({
      code,
      details: { found: expect.stringMatching(found) },
    });
  });

  test('a request that Redis always refuses is explained later, too', async () => {
    const redis = await startedRedis();
    const connection = await connect(redis.url, () => {});
    onTestFinished(() => connection.disconnect());
    redis.ask('set', 'balanced-rec:open', 'ours');
    const error = await readNotices(connection).catch((thrown: unknown) => thrown);
    expect(explained(error, 'here')).toMatchObject({
      code: 'queue/refused',
      details: { place: 'here', found: expect.stringContaining('WRONGTYPE') },
    });
    const other = new Error('not from Redis');
    expect(explained(other, 'here')).toBe(other);
  });

  test('a wrong password is refused at the start', async () => {
    const { url } = await redisWithUser();
    await expect(connect(url.replace('secret', 'other'), () => {})).rejects.toMatchObject({
      code: 'queue/not-permitted',
      details: { found: expect.stringContaining('WRONGPASS') },
    });
  });
});
