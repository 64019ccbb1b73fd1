import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { RedisProcess } from '@balanced-rec/redis-process';
import type { ComparisonEvent } from 'balanced-rec';
import { FakeClock } from './fake-clock.js';
import { Member } from './member.js';

export interface CampaignOptions {
  /** The folder for everything it writes. */
  readonly folder: string;
  /** A comparison file. */
  readonly comparison: string;
  /** The dataset folder given to the workers. */
  readonly data: string;
  readonly workers: number;
  readonly stalledAfter: number;
  readonly checkpointEvery: number;
  /** Whether workers and coordinator get clocks that can be set. */
  readonly clocks?: boolean;
}

export interface WorkerSlot {
  readonly clock: FakeClock | undefined;
  member: Member;
}

/** A comparison run by a coordinator, Redis and workers, which can be disturbed. Each is a process with its own folder. */
export class Campaign {
  readonly options: CampaignOptions;
  readonly redis: RedisProcess;
  readonly workers: WorkerSlot[] = [];
  readonly coordinatorClock: FakeClock | undefined;
  coordinator!: Member;
  /** Events received from each coordinator, with the time on the monotonic clock in milliseconds. */
  readonly events: { readonly at: number; readonly event: ComparisonEvent }[] = [];
  #serial = 0;

  private constructor(options: CampaignOptions, redis: RedisProcess) {
    this.options = options;
    this.redis = redis;
    this.coordinatorClock = options.clocks ? new FakeClock(join(options.folder, 'coordinator-clock')) : undefined;
  }

  static async start(options: CampaignOptions): Promise<Campaign> {
    await mkdir(options.folder, { recursive: true });
    const redis = await RedisProcess.start(join(options.folder, 'redis'));
    const campaign = new Campaign(options, redis);
    for (let at = 0; at < options.workers; at++) {
      const own = options.clocks ? new FakeClock(join(options.folder, `worker-${at}-clock`)) : undefined;
      campaign.workers.push({ clock: own, member: campaign.newWorker(own) });
    }
    // Time that workers spend loading must not count as time of the comparison.
    await campaign.until('the workers are connected', () => campaign.connections() >= options.workers);
    campaign.startCoordinator();
    return campaign;
  }

  get out(): string {
    return join(this.options.folder, 'out');
  }

  get store(): string {
    return join(this.options.folder, 'store');
  }

  /** @param root the checkout it runs from, which determines its version */
  newWorker(clock?: FakeClock, root?: string): Member {
    const { data, stalledAfter } = this.options;
    const scratch = join(this.options.folder, `scratch-${this.#serial++}`);
    const own = ['--data', data, '--stalled-after', String(stalledAfter), '--scratch', scratch];
    return new Member(['worker', ...this.#where(), ...own], clock?.environment, root);
  }

  startCoordinator(): void {
    const { comparison, checkpointEvery } = this.options;
    const own = ['--out', this.out, '--checkpoint-every', String(checkpointEvery), '--json'];
    this.coordinator = new Member(
      ['compare', comparison, ...own, ...this.#where()],
      this.coordinatorClock?.environment,
    );
    this.coordinator.onLine((line) => {
      if (line.startsWith('{"type"')) this.events.push({ at: performance.now(), event: JSON.parse(line) });
    });
  }

  /** Number of client connections to Redis. Each worker has at least one. */
  connections(): number {
    return this.redis.clients();
  }

  eventsSince(moment: number): ComparisonEvent[] {
    return this.events.filter(({ at }) => at > moment).map(({ event }) => event);
  }

  /** Waits until `holds` returns true. @throws Error after five minutes, or if the coordinator has failed */
  async until(what: string, holds: () => boolean): Promise<void> {
    const end = performance.now() + 300_000;
    while (!holds()) {
      const code = this.coordinator?.child.exitCode;
      if (performance.now() > end || (code !== undefined && code !== null && code !== 0))
        throw new Error(`gave up waiting until ${what}:\n${this.coordinator?.said.slice(-20).join('\n')}`);
      await wait(50);
    }
  }

  /** Stops the workers and Redis. @returns the keys left in Redis */
  async stop(): Promise<readonly string[]> {
    for (const { member } of this.workers) member.signal('SIGCONT');
    await Promise.all(this.workers.map(({ member }) => member.kill('SIGTERM')));
    // Keys that workers leave behind briefly expire on their own.
    for (let tries = 0; tries < 100 && this.redis.keys().length > 0; tries++) await wait(200);
    const left = this.redis.keys();
    await this.redis.kill('SIGTERM');
    return left;
  }

  #where(): string[] {
    return ['--queue', this.redis.url, '--store', this.store];
  }
}
