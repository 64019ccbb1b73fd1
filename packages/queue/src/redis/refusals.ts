import { BalancedRecError } from '@balanced-rec/errors';

/** What an error reply of Redis means, and what to do about it. */
interface Refusal {
  readonly code: string;
  /** How Redis begins its replies. */
  readonly words: readonly string[];
  readonly message: string;
  readonly expected: string;
  readonly remedy: string;
}

const WRITABLE = { code: 'queue/not-writable', message: 'Redis accepts no writes' };
const PERMITTED = { code: 'queue/not-permitted', message: 'Redis does not permit what the queue needs' };

const REFUSALS: readonly Refusal[] = [
  {
    ...WRITABLE,
    words: ['OOM'],
    expected: 'a Redis with free memory',
    remedy: 'raise maxmemory in the configuration of Redis, or delete what else it stores',
  },
  {
    ...WRITABLE,
    // The last is what a blocked command gets when its Redis becomes a replica.
    words: ['READONLY', 'MASTERDOWN', 'NOREPLICAS', 'UNBLOCKED'],
    expected: 'a primary that accepts writes',
    remedy: 'give --queue the address of the primary, not of a replica, and check its replicas',
  },
  {
    ...WRITABLE,
    words: ['MISCONF'],
    expected: 'a Redis that can save its data',
    remedy: "free space on Redis's disk and check that it may write to its folder; its log names the cause",
  },
  {
    ...PERMITTED,
    words: ['NOAUTH', 'WRONGPASS', 'ERR AUTH', 'ERR Client sent AUTH', 'ERR invalid password'],
    expected: 'the user and password of this Redis',
    remedy: 'give them in --queue, as in redis://USER:PASSWORD@HOST',
  },
  {
    ...PERMITTED,
    words: ['NOPERM', 'ERR ACL failure', "ERR The user executing the script can't"],
    expected: 'a user with rights to all keys that start with balanced-rec:, and to the commands of a queue',
    remedy:
      'run `ACL SETUSER NAME ~balanced-rec:* +@all -@admin +client|list` on Redis, with the name of the user in --queue',
  },
  {
    code: 'queue/clustered',
    message: 'Redis runs in cluster mode',
    words: ['MOVED', 'ASK', 'CROSSSLOT', 'CLUSTERDOWN', 'TRYAGAIN', 'ERR SELECT is not allowed in cluster mode'],
    expected: 'a Redis without cluster mode',
    remedy: 'start a redis-server with `cluster-enabled no` for the queue',
  },
  {
    code: 'queue/busy',
    message: 'Redis is busy',
    words: ['LOADING', 'BUSY', 'ERR max number of clients reached'],
    expected: 'a Redis that serves another client',
    remedy: 'wait until it has loaded its data or finished its script, or raise maxclients',
  },
];

/** Precedes what stopped a transaction, unless earlier replies said it. */
const IN_TRANSACTION = /^EXECABORT Transaction discarded because of: /;

/**
 * Finds what Redis refuses to do at the moment, from its error reply. Returns undefined for a reply that says that the request itself
 * is wrong, and for any other error.
 */
export function refusalOf(error: unknown): Refusal | undefined {
  if (!isReply(error)) return undefined;
  const { previousErrors = [] } = error as { readonly previousErrors?: readonly Error[] };
  const earlier = previousErrors.map(refusalOf).find((refusal) => refusal !== undefined);
  if (earlier) return earlier;
  // Redis 6 reports what stopped a script as "ERR Error running script (call to f_...): @user_script:5: -OOM command ...".
  const reply = error.message.replace(IN_TRANSACTION, '');
  const [, inScript] = /^ERR Error running script .*?: -?([A-Z]+ .*)$/s.exec(reply) ?? [];
  const said = inScript ?? reply;
  return REFUSALS.find(({ words }) => words.some((word) => said.startsWith(`${word} `) || said === word));
}

/** Whether Redis itself answered with an error. */
export function isReply(error: unknown): error is Error {
  return error instanceof Error && error.name === 'ReplyError';
}

/** The error for a Redis that answers but cannot be used, with what it said. */
export function refused(host: string, reply: Error): BalancedRecError {
  const {
    code = 'queue/refused',
    message = 'Redis refuses a command that the queue needs',
    expected = 'Redis 6.2 or newer, or a compatible server, with no other keys that start with balanced-rec:',
    remedy = 'check the version of Redis and what else uses this database, or give another database in --queue',
  } = refusalOf(reply) ?? {};
  return new BalancedRecError({ code, message, place: host, expected, found: reply.message, remedy, cause: reply });
}

/**
 * An error with an explanation if Redis answered with it; any other error as it is.
 *
 * @param place what was asked of Redis, or where it is
 */
export function explained(error: unknown, place: string): unknown {
  return isReply(error) ? refused(place, error) : error;
}
