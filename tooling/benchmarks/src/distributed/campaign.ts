import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { RedisProcess } from '@balanced-rec/redis-process';
import type { ComparisonEvent } from 'balanced-rec';
import { FakeClock } from './fake-clock.js';
import { Member } from './member.js';

export interface CampaignOptions {
  /** For everything that it leaves. */
  readonly folder: string;
  /** A comparison file. */
  readonly comparison: string;
  /** The dataset folder that the workers have. */
  readonly data: string;
  readonly workers: number;
  readonly stalledAfter: number;
  readonly checkpointEvery: number;
  /** Give workers and coordinator clocks that can be set. */
  readonly clocks?: boolean;
}

export interface WorkerSlot {
  readonly clock: FakeClock | undefined;
  member: Member;
}

/** A comparison by a coordinator, Redis and workers, each a process with a folder of its own, which can be disturbed. */
export class Campaign {
  readonly options: CampaignOptions;
  readonly redis: RedisProcess;
  readonly workers: WorkerSlot[] = [];
  readonly coordinatorClock: FakeClock | undefined;
  coordinator!: Member;
  /** Milliseconds by the monotonic clock, and what was heard of each coordinator. */
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
    // Workers that are still loading would count as time of the comparison.
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

  /** @param root the checkout whose version it has */
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

  /** Connections of clients to Redis; each worker has one at least. */
  connections(): number {
    return this.redis.clients();
  }

  eventsSince(moment: number): ComparisonEvent[] {
    return this.events.filter(({ at }) => at > moment).map(({ event }) => event);
  }

  /** Waits until something holds. @throws Error after five minutes, or where the coordinator has ended otherwise than well */
  async until(what: string, holds: () => boolean): Promise<void> {
    const end = performance.now() + 300_000;
    while (!holds()) {
      const code = this.coordinator?.child.exitCode;
      if (performance.now() > end || (code !== undefined && code !== null && code !== 0))
        throw new Error(`in vain until ${what}:\n${this.coordinator?.said.slice(-20).join('\n')}`);
      await wait(50);
    }
  }

  /** Ends the workers and Redis. */
  async stop(): Promise<readonly string[]> {
    for (const { member } of this.workers) member.signal('SIGCONT');
    await Promise.all(this.workers.map(({ member }) => member.kill('SIGTERM')));
    // What workers leave for moments ends by itself.
    for (let tries = 0; tries < 100 && this.redis.keys().length > 0; tries++) await wait(200);
    const left = this.redis.keys();
    await this.redis.kill('SIGTERM');
    return left;
  }

  #where(): string[] {
    return ['--queue', this.redis.url, '--store', this.store];
  }
}
