import { BalancedRecError } from '@balanced-rec/errors';
import type { Redis } from 'ioredis';
import { checkRights } from './check-rights.js';
import { PatientRedis } from './patient-redis.js';
import { isReply, refused } from './refusals.js';
import { type Trouble, Troubles } from './trouble.js';

/** How long the first connection may take, so that a Redis that is still starting up is waited for. */
const FIRST_CONNECTION_MS = 10_000;
const LONGEST_PAUSE_MS = 2000;

/**
 * How long Redis may take to answer. A network that drops packets does not close a connection, and TCP notices only after many
 * minutes. Must be longer than any blocking command waits.
 */
const LONGEST_SILENCE_MS = 10_000;

/**
 * Connects to Redis. Later, commands wait whenever the connection is lost, which is then restored, and whenever Redis refuses them for now
 * (see {@link PatientRedis}).
 *
 * @throws BalancedRecError `queue/bad-url`; `queue/unreachable`; if Redis answers with an error, `queue/not-permitted`,
 * `queue/not-writable`, `queue/clustered`, `queue/busy` or `queue/refused`
 */
export async function connect(url: string, trouble: Trouble): Promise<PatientRedis> {
  const { host } = parseUrl(url);
  const troubles = new Troubles(host, trouble);
  const start = performance.now();
  const redis = new PatientRedis(
    url,
    {
      // Required by BullMQ: never give up on a command.
      maxRetriesPerRequest: null,
      // Redis closes a connection that is one too many, and what it says is lost if something was sent to it.
      disableClientInfo: true,
      connectTimeout: FIRST_CONNECTION_MS,
      socketTimeout: LONGEST_SILENCE_MS,
      retryStrategy: (tries) =>
        redis.isPatient || performance.now() - start < FIRST_CONNECTION_MS
          ? Math.min(50 * 2 ** tries, LONGEST_PAUSE_MS)
          : null,
    },
    troubles,
  );
  try {
    await firstConnection(redis);
    await checkRights(redis);
  } catch (error) {
    redis.disconnect();
    throw isReply(error) ? refused(host, error) : unreachable(host, error);
  }
  redis.isPatient = true;
  redis.on('reconnecting', () => troubles.gone());
  redis.on('ready', () => troubles.back());
  return redis;
}

/** @throws why there is no connection */
async function firstConnection(redis: Redis): Promise<void> {
  let lastError: unknown = 'no answer';
  await new Promise<void>((resolve, reject) => {
    redis.on('error', (error) => {
      lastError = error;
      // A wrong password stays wrong, so there is no point in waiting.
      if (isReply(error)) reject(error);
    });
    redis.once('ready', resolve);
    redis.once('end', () => reject(lastError));
    redis.connect().catch(() => {});
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
