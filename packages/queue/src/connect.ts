import { BalancedRecError } from '@balanced-rec/errors';
import { Redis } from 'ioredis';

/** The prefix of all keys in Redis. */
export const PREFIX = 'balanced-rec';

/** How long the first connection may take, so that a Redis that is still starting up is waited for. */
const FIRST_CONNECTION_MS = 10_000;
const LONGEST_PAUSE_MS = 2000;

/** Called with a line when Redis becomes unreachable, and when it is back. */
export type Trouble = (line: string) => void;

/**
 * Connects to Redis, and reconnects for as long as necessary whenever the connection is lost. Commands wait in the meantime.
 *
 * @throws BalancedRecError `queue/bad-url`, `queue/unreachable`
 */
export async function connect(url: string, trouble: Trouble): Promise<Redis> {
  const { host } = parseUrl(url);
  const start = performance.now();
  let wasConnected = false;
  let lastError: unknown = 'no answer';
  const redis = new Redis(url, {
    lazyConnect: true,
    // Required by BullMQ: never give up on a command.
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
    // A wrong password stays wrong, so there is no point in waiting.
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
    if (!isGone) trouble(`lost the connection to Redis at ${host}; waiting for it`);
    isGone = true;
  });
  redis.on('ready', () => {
    if (isGone) trouble(`reconnected to Redis at ${host}`);
    isGone = false;
  });
}

function parseUrl(url: string): URL {
  const parsed = URL.canParse(url) ? new URL(url) : undefined;
  if (parsed && /^rediss?:$/.test(parsed.protocol) && parsed.hostname !== '' && /^(\/\d*)?$/.test(parsed.pathname))
    return parsed;
  throw new BalancedRecError({
    code: 'queue/bad-url',
    message: 'invalid Redis address',
    place: '--queue',
    expected: 'redis://HOST:PORT/DATABASE, or rediss:// with TLS',
    // The address may contain a password.
    found: parsed ? `${parsed.protocol}//${parsed.host}${parsed.pathname}` : 'text that is not a URL',
    remedy: 'use the form of address that redis-cli accepts with -u',
  });
}

function unreachable(host: string, cause: unknown): BalancedRecError {
  return new BalancedRecError({
    code: 'queue/unreachable',
    message: 'cannot connect to Redis',
    place: host,
    expected: 'a running Redis server',
    found: cause instanceof Error ? cause.message : String(cause),
    remedy: 'start redis-server there, or correct the address, user or password in --queue',
    cause,
  });
}
