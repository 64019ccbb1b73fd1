import { BalancedRecError } from '@balanced-rec/errors';
import { Redis } from 'ioredis';

/** Before the keys of everything that is kept in Redis. */
export const PREFIX = 'balanced-rec';

/** How long a first connection may take: a Redis that is just being started is waited for. */
const FIRST_CONNECTION_MS = 10_000;
const LONGEST_PAUSE_MS = 2000;

/** Hears a line when Redis has gone, and when it is back. */
export type Trouble = (line: string) => void;

/**
 * Connects to Redis, and from then on connects again for as long as it takes whenever Redis is gone; commands wait meanwhile.
 * @throws BalancedRecError `queue/bad-url`, `queue/unreachable`
 */
export async function connect(url: string, trouble: Trouble): Promise<Redis> {
  const { host } = parseUrl(url);
  const start = performance.now();
  let wasConnected = false;
  let lastError: unknown = 'no answer';
  const redis = new Redis(url, {
    lazyConnect: true,
    // BullMQ's condition: a command is never given up.
    maxRetriesPerRequest: null,
    connectTimeout: FIRST_CONNECTION_MS,
    retryStrategy: (tries) =>
      wasConnected || performance.now() - start < FIRST_CONNECTION_MS
        ? Math.min(50 * 2 ** tries, LONGEST_PAUSE_MS)
        : null,
  });
  redis.on('error', (error) => {
    lastError = error;
  });
  const first = new Promise<void>((resolve, reject) => {
    redis.once('ready', resolve);
    redis.once('end', () => reject(lastError));
    // A wrong password stays wrong.
    redis.on('error', (error) => !wasConnected && error.name === 'ReplyError' && reject(error));
  });
  try {
    redis.connect().catch(() => {});
    await first;
    await redis.ping();
  } catch (error) {
    redis.disconnect();
    throw unreachable(host, error);
  }
  wasConnected = true;
  tellOfTrouble(redis, host, trouble);
  return redis;
}

function tellOfTrouble(redis: Redis, host: string, trouble: Trouble): void {
  let isGone = false;
  redis.on('reconnecting', () => {
    if (!isGone) trouble(`Redis at ${host} is gone; waiting for it`);
    isGone = true;
  });
  redis.on('ready', () => {
    if (isGone) trouble(`Redis at ${host} is back`);
    isGone = false;
  });
}

function parseUrl(url: string): URL {
  const parsed = URL.canParse(url) ? new URL(url) : undefined;
  if (parsed && /^rediss?:$/.test(parsed.protocol) && parsed.hostname !== '' && /^(\/\d*)?$/.test(parsed.pathname))
    return parsed;
  throw new BalancedRecError({
    code: 'queue/bad-url',
    message: 'this is no address of a Redis',
    place: '--queue',
    expected: 'redis://HOST:PORT/DATABASE, or rediss:// with TLS',
    // It may hold a password.
    found: parsed ? `${parsed.protocol}//${parsed.host}${parsed.pathname}` : 'text that is no URL',
    remedy: 'give the address as redis-cli takes it with -u',
  });
}

function unreachable(host: string, cause: unknown): BalancedRecError {
  return new BalancedRecError({
    code: 'queue/unreachable',
    message: 'Redis cannot be used',
    place: host,
    expected: 'a Redis that answers',
    found: cause instanceof Error ? cause.message : String(cause),
    remedy: 'start redis-server there, or mend the address, user or password of --queue',
    cause,
  });
}
