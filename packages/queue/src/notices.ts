import type { Redis } from 'ioredis';
import { PREFIX } from './connect.js';

const NOTICES = `${PREFIX}:open`;

/** Says to all workers that there is work under a name, and what it takes to do it. Said again it replaces what was said. */
export async function postNotice(redis: Redis, name: string, notice: unknown): Promise<void> {
  await redis.hset(NOTICES, name, JSON.stringify(notice));
}

/** Takes a notice away; workers that serve it leave. */
export async function withdrawNotice(redis: Redis, name: string): Promise<void> {
  await redis.hdel(NOTICES, name);
}

/** Everything that is posted, by name; what is no JSON is left out. Nothing has been checked. */
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

/** Whether a notice of that name is there. */
export async function isPosted(redis: Redis, name: string): Promise<boolean> {
  return (await redis.hexists(NOTICES, name)) === 1;
}
