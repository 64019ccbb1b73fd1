import { randomUUID } from 'node:crypto';
import type { Redis } from 'ioredis';
import { NOTICES, PREFIX } from './keys.js';

/** What remains if this process is killed meanwhile expires after this time. */
const EXPIRES_MS = 10_000;

/** Each type of key that a queue has. */
const WRITE_ALL = `
local types = {
  { 'SET', '1' }, { 'HSET', 'a', '1' }, { 'LPUSH', 'a' }, { 'SADD', 'a' }, { 'ZADD', 1, 'a' }, { 'XADD', '*', 'a', '1' },
}
for at, command in ipairs(types) do
  redis.call(command[1], KEYS[at], unpack(command, 2))
  redis.call('PEXPIRE', KEYS[at], ARGV[1])
end
`;

/**
 * Does what a queue does to Redis, on keys of its own, so that a Redis that refuses it is found at once and not when a run of hours is to be
 * recorded.
 *
 * @throws the first error reply
 */
export async function checkRights(redis: Redis): Promise<void> {
  const keys = Array.from({ length: 6 }, (_, at) => `${PREFIX}:probe-${randomUUID()}-${at}`);
  try {
    await redis.info();
    await redis.client('LIST');
    await redis.hgetall(NOTICES);
    await redis.eval(WRITE_ALL, keys.length, ...keys, EXPIRES_MS);
    await redis.bzpopmin(keys[4]!, 1);
    await redis.xread('STREAMS', keys[5]!, '0');
    // Jobs that wait for others are added in a transaction.
    await redis.multi().exists(keys).exec();
    await redis.del(keys);
  } catch (error) {
    await redis.del(keys).catch(() => {});
    throw error;
  }
}
