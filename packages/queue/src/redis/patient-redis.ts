import { Redis, type RedisOptions } from 'ioredis';
import { isReply, refusalOf } from './refusals.js';
import type { Troubles } from './trouble.js';

const FIRST_PAUSE_MS = 100;
const LONGEST_PAUSE_MS = 2000;

type Item = Parameters<Redis['handleReconnection']>[1];
type FatalError = Parameters<Redis['recoverFromFatalError']>;

/**
 * A connection on which a command that Redis refuses for now (out of memory, read-only, no permission) waits and is sent again, just as
 * commands wait for a lost connection. This covers what BullMQ sends too. The connections that BullMQ makes from it behave likewise.
 */
export class PatientRedis extends Redis {
  readonly #troubles: Troubles;
  /** Whether Redis was usable once. Before that, errors are errors. */
  isPatient = false;
  readonly #made = new Set<PatientRedis>();
  /** Resumes what waits for its next attempt. */
  readonly #pausing = new Map<() => void, NodeJS.Timeout>();
  readonly #attempts = new WeakMap<Item['command'], { count: number; readonly reject: Item['command']['reject'] }>();

  constructor(url: string | undefined, options: RedisOptions, troubles: Troubles) {
    // With options from another connection, there is no address to parse.
    super(url as string, { ...options, lazyConnect: true });
    this.#troubles = troubles;
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
    const made = new PatientRedis(undefined, { ...this.options, ...override }, this.#troubles);
    made.isPatient = this.isPatient;
    this.#made.add(made);
    made.once('end', () => this.#made.delete(made));
    return made;
  }

  /** Ends the connections made from this one too: BullMQ waits for an answer before it ends its own. */
  override disconnect(reconnect = false): void {
    super.disconnect(reconnect);
    if (!reconnect) for (const made of this.#made) made.disconnect();
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
      super.handleReconnection(reply, item);
      return;
    }
    const attempts = this.#attempts.get(command) ?? { count: 0, reject: command.reject };
    if (attempts.count === 0) this.#followToItsEnd(command);
    attempts.count++;
    this.#attempts.set(command, attempts);
    this.#troubles.refused(command, reply);
    const again = () => {
      // ioredis wraps this again each time it sends a script.
      command.reject = attempts.reject;
      this.sendCommand(command as Parameters<Redis['sendCommand']>[0]);
    };
    // ioredis believes that Redis knows a script once it was sent, even if it was refused.
    const isScript = command.name === 'eval';
    const lua = String(command.args[0]);
    this.#later(attempts.count, isScript ? () => this.script('LOAD', lua).then(again, again) : again);
  }

  /** ioredis calls this if a new connection cannot be used. It would reject all waiting commands. */
  override recoverFromFatalError(...[commandError, error, options]: FatalError): void {
    if (this.isPatient) {
      this.#troubles.refused(this, error);
      this.disconnect(true);
    } else super.recoverFromFatalError(commandError, error, options);
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
        this.#troubles.accepted(id);
        return result;
      } catch (error) {
        const refusal = refusalOf(error);
        const isUnknown = isReply(error) && error.message.startsWith('NOSCRIPT');
        // An AbortError means that the connection was lost in the middle.
        const isPassing = refusal || isUnknown || (error as Error).name === 'AbortError';
        if (!isPassing || this.status === 'end') {
          this.#troubles.givenUp(id);
          throw error;
        }
        if (refusal) this.#troubles.refused(id, error as Error);
        if (isUnknown) await this.#loadScripts();
        await new Promise<void>((resume) => this.#later(count, resume));
      }
    }
  }

  async #loadScripts(): Promise<void> {
    const scripts: readonly { readonly lua: string }[] = Object.values(this.scriptsSet);
    await Promise.all(scripts.map(({ lua }) => this.script('LOAD', lua)));
  }

  #followToItsEnd(command: Item['command']): void {
    const { promise } = command as unknown as { readonly promise: Promise<unknown> };
    promise.then(
      () => this.#troubles.accepted(command),
      () => this.#troubles.givenUp(command),
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
