import { Redis, type RedisOptions } from 'ioredis';
import { refusalOf } from './refusals.js';
import type { Troubles } from './trouble.js';

const FIRST_PAUSE_MS = 100;
const LONGEST_PAUSE_MS = 5000;

type Item = Parameters<Redis['handleReconnection']>[1];
type FatalError = Parameters<Redis['recoverFromFatalError']>;

/**
 * A connection on which a command that Redis refuses for now (out of memory, read-only, no permission) waits and is sent again, just as
 * commands wait for a lost connection. This covers what BullMQ sends too. The connections that BullMQ makes from it behave likewise.
 */
export class PatientRedis extends Redis {
  readonly troubles: Troubles;
  /** Whether Redis was usable once. Before that, errors are errors. */
  isPatient = false;
  /** Resumes what waits for its next attempt. */
  readonly #pausing = new Map<() => void, NodeJS.Timeout>();
  readonly #attempts = new WeakMap<Item['command'], { count: number; readonly reject: Item['command']['reject'] }>();

  constructor(url: string | undefined, options: RedisOptions, troubles: Troubles) {
    // With options from another connection, there is no address to parse.
    super(url as string, { ...options, lazyConnect: true });
    this.troubles = troubles;
    this.on('ready', () => troubles.accepted(this));
    this.on('end', () => {
      troubles.givenUp(this);
      for (const [resume, timer] of this.#pausing) {
        clearTimeout(timer);
        resume();
      }
      this.#pausing.clear();
    });
  }

  override duplicate(override?: Partial<RedisOptions>): PatientRedis {
    const made = new PatientRedis(undefined, { ...this.options, ...override }, this.troubles);
    made.isPatient = this.isPatient;
    return made;
  }

  /** BullMQ gives up on a connection that is not there at once. */
  override async connect(): Promise<void> {
    if (!this.isPatient || this.status !== 'wait') return super.connect();
    const connected = new Promise<void>((resolve, reject) => {
      this.once('ready', resolve);
      this.once('end', () => reject(new Error('Connection is closed.')));
    });
    super.connect().catch(() => {});
    return connected;
  }

  /** ioredis calls this with each error reply. */
  override handleReconnection(reply: Error, item: Item): void {
    const { command, stream } = item;
    // Part of a pipeline or transaction, which `insist` repeats as a whole, or of the handshake, which a new connection repeats.
    const isPart = stream !== undefined || this.status !== 'ready';
    if (!this.isPatient || isPart || !refusalOf(reply)) {
      // ioredis ignores errors of its own first commands, and then only knows that Redis has closed the connection.
      if (this.status === 'connect' && refusalOf(reply)) this.silentEmit('error', reply);
      return super.handleReconnection(reply, item);
    }
    const attempts = this.#attempts.get(command) ?? { count: 0, reject: command.reject };
    if (attempts.count === 0) this.#followToItsEnd(command);
    attempts.count++;
    this.#attempts.set(command, attempts);
    this.troubles.refused(command, reply);
    this.#later(attempts.count, () => {
      // ioredis wraps this again each time it sends a script.
      command.reject = attempts.reject;
      this.sendCommand(command as Parameters<Redis['sendCommand']>[0]);
    });
  }

  /** ioredis calls this if a new connection cannot be used. It would reject all waiting commands. */
  override recoverFromFatalError(...[commandError, error, options]: FatalError): void {
    if (!this.isPatient) return super.recoverFromFatalError(commandError, error, options);
    this.troubles.refused(this, error);
    this.disconnect(true);
  }

  /**
   * Does something that sends several commands together, and repeats it until Redis accepts them all. Doing it twice must be the same as
   * doing it once.
   *
   * @throws any error other than that Redis refuses it for now
   */
  async insist<T>(work: () => Promise<T>): Promise<T> {
    const id = Symbol('insisted');
    for (let count = 1; ; count++) {
      try {
        const result = await work();
        this.troubles.accepted(id);
        return result;
      } catch (error) {
        // An AbortError means that the connection was lost in the middle.
        const isPassing = refusalOf(error) !== undefined || (error as Error).name === 'AbortError';
        if (!isPassing || this.status === 'end') {
          this.troubles.givenUp(id);
          throw error;
        }
        if (refusalOf(error)) this.troubles.refused(id, error as Error);
        await new Promise<void>((resume) => this.#later(count, resume));
      }
    }
  }

  #followToItsEnd(command: Item['command']): void {
    const { promise } = command as unknown as { readonly promise: Promise<unknown> };
    promise.then(
      () => this.troubles.accepted(command),
      () => this.troubles.givenUp(command),
    );
  }

  #later(count: number, resume: () => void): void {
    const done = () => {
      this.#pausing.delete(done);
      resume();
    };
    this.#pausing.set(done, setTimeout(done, Math.min(FIRST_PAUSE_MS * 2 ** (count - 1), LONGEST_PAUSE_MS)));
  }
}
