import { setTimeout as wait } from 'node:timers/promises';
import { hasRedis } from '@balanced-rec/redis-process';
import { RefusingProxy } from '@balanced-rec/redis-process/refusing-proxy';
import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { connect, postNotice, TaskQueue, TaskWorker, withdrawNotice } from '../src/index.js';
import { startedRedis } from './started-redis.js';

/** How long commands are refused. */
const REFUSING_MS = 4000;

const ERRORS = [
  "OOM command not allowed when used memory > 'maxmemory'.",
  "READONLY You can't write against a read only replica.",
  "NOPERM this user has no permissions to run the 'evalsha' command",
  'MISCONF Redis is configured to save RDB snapshots, but it is currently unable to persist on disk.',
  'LOADING Redis is loading the dataset in memory',
  'BUSY Redis is busy running a script. You can only call SCRIPT KILL or SHUTDOWN NOSAVE.',
  'MOVED 866 10.0.0.1:6379',
  'CLUSTERDOWN The cluster is down',
  'TRYAGAIN Multiple keys request during rehashing of slot',
  'MASTERDOWN Link with MASTER is down and replica-serve-stale-data is set to "no".',
  'ERR Error running script (call to f_1): @user_script:5: @user_script: 5: -OOM command not allowed',
];

/** Numbers from 0 to 1, the same for the same seed (mulberry32). */
function randomFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

describe.skipIf(!hasRedis())('commands refused at random (skipped without redis-server)', () => {
  test.each([1, 2, 3, 4])('lose no task and do none twice (seed %i)', async (seed) => {
    const redis = await startedRedis();
    const random = randomFrom(seed);
    let share = 0;
    let refused = 0;
    const proxy = await RefusingProxy.start(redis.port, (command) => {
      // The first commands of a connection are repeated with the connection.
      if (command === 'info' || random() >= share) return undefined;
      refused++;
      return ERRORS[Math.floor(random() * ERRORS.length)];
    });
    onTestFinished(() => proxy.stop());
    const lines: string[] = [];
    const [client, ...workers] = await Promise.all(
      [0, 1, 2].map(() => connect(proxy.url, (line) => void lines.push(line))),
    );
    for (const one of [client!, ...workers]) onTestFinished(() => one.disconnect());
    share = 0.1 + 0.3 * random();
    const over = setTimeout(() => {
      share = 0;
    }, REFUSING_MS);
    onTestFinished(() => clearTimeout(over));
    await postNotice(client!, 'plan', {});
    const queue = new TaskQueue(client!, 'plan', { started: () => {}, progress: () => {} });
    onTestFinished(() => queue.close());
    const done: string[] = [];
    for (const one of workers) {
      const worker = new TaskWorker(one, 'plan', {
        ...{ title: 'tester', jobs: 2, stalledAfter: 20 },
        perform: async (payload, { report }) => {
          report({ half: true });
          await wait(20);
          done.push(payload as string);
        },
      });
      onTestFinished(() => worker.stop());
    }
    const keys = Array.from({ length: 12 }, (_, at) => `task-${at}`);
    const tasks = keys.map((key, at) => ({
      ...{ key, payload: key, priority: at + 1 },
      after: at < 6 ? [] : keys.slice(2 * Math.floor((at - 6) / 2), 2 * Math.floor((at - 6) / 2) + 2),
    }));
    await queue.ensure(tasks, new Set());
    await vi.waitFor(
      async () => {
        for (const key of keys) expect((await queue.state(key)).status, key).toBe('completed');
      },
      { timeout: 30_000, interval: 100 },
    );
    expect([...done].sort()).toEqual([...keys].sort());
    expect(refused).toBeGreaterThan(10);
    expect(lines.join('\n')).toMatch(/answers ".+"; waiting/);
    await withdrawNotice(client!, 'plan');
    await queue.clear();
    expect(redis.keys().filter((key) => !/:(stalled-check|meta)$/.test(key))).toEqual([]);
  });
});
