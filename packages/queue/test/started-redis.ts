import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { RedisProcess } from '@balanced-rec/redis-process';
import { onTestFinished } from 'vitest';

/** A separate Redis server for the duration of a test. */
export async function startedRedis(options: readonly string[] = []): Promise<RedisProcess> {
  const folder = await mkdtemp(join(tmpdir(), 'balanced-rec-queue-'));
  const redis = await RedisProcess.start(folder, options);
  onTestFinished(async () => {
    await redis.kill();
    await rm(folder, { recursive: true, force: true });
  });
  return redis;
}
