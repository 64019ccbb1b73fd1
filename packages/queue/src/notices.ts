import type { Redis } from 'ioredis';
import { NOTICES } from './redis/keys.js';

/** Announces to all workers that there is work under a name, and what it requires. Replaces an earlier notice of that name. */
export async function postNotice(redis: Redis, name: string, notice: unknown): Promise<void> {
  await redis.hset(NOTICES, name, JSON.stringify(notice));
}

/** Withdraws a notice. Workers that serve it leave. */
export async function withdrawNotice(redis: Redis, name: string): Promise<void> {
  await redis.hdel(NOTICES, name);
}

/** Returns all posted notices by name, unvalidated. Anything that is not JSON is left out. */
export async function readNotices(redis: Redis): Promise<ReadonlyMap<string, unknown>> {
  const texts = await redis.hgetall(NOTICES);
  return new Map(
    Object.entries(texts).flatMap(([name, text]) => {
      try {
        return [[name, JSON.parse(text)] as const];
      } catch {
        return [];
      }
    }),
  );
}

/** Whether there is a notice of that name. */
export async function isPosted(redis: Redis, name: string): Promise<boolean> {
  return (await redis.hexists(NOTICES, name)) === 1;
}
