import { execFileSync } from 'node:child_process';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import type { RandomStreams } from '@balanced-rec/ckd-core';
import type { Campaign, WorkerSlot } from './campaign.js';

/** What is known about a fault once the comparison has recovered from it. */
export interface FaultOutcome {
  /** The runs in progress in the affected process. */
  readonly runs: readonly string[];
  /** Seconds until the last of these runs, or the comparison, resumed. */
  readonly secondsUntilOn: number;
  readonly note?: string;
}

export interface FaultContext {
  readonly campaign: Campaign;
  readonly random: ReturnType<RandomStreams['stream']>;
  /** A checkout of another version. */
  readonly otherVersion: string;
}

/** Injects a fault and resolves once the comparison has resumed. */
export type Fault = (context: FaultContext) => Promise<FaultOutcome>;

const REBOOT_MS = 1000;
const REDIS_AWAY_MS = 2000;

export const faults: Readonly<Record<string, Fault>> = {
  /** A worker's machine goes down and comes back empty. */
  'worker killed': async ({ campaign, random }) => {
    const slot = await busyWorker(campaign, random);
    const runs = slot.member.runsInHand;
    const start = performance.now();
    await slot.member.kill();
    await wait(REBOOT_MS);
    slot.member = campaign.newWorker(slot.clock);
    return goneOn(campaign, runs, start);
  },
  /** Only the process of a run is killed, as by a system that is out of memory. */
  'process of a run killed': async ({ campaign, random }) => {
    const slot = await busyWorker(campaign, random);
    const runs = slot.member.runsInHand;
    const start = performance.now();
    for (const id of childrenOf(slot.member.child.pid!)) process.kill(id, 'SIGKILL');
    return goneOn(campaign, runs, start);
  },
  /** A machine sleeps or the network is partitioned: the worker does not know that its runs were taken over. */
  'worker frozen': async ({ campaign, random }) => {
    const slot = await busyWorker(campaign, random);
    const runs = slot.member.runsInHand;
    const start = performance.now();
    slot.member.signal('SIGSTOP');
    const outcome = await goneOn(campaign, runs, start);
    slot.member.signal('SIGCONT');
    return outcome;
  },
  'coordinator killed': async ({ campaign }) => {
    const start = performance.now();
    await campaign.coordinator.kill();
    campaign.startCoordinator();
    await campaign.until('the coordinator has planned again', () =>
      campaign.eventsSince(start).some(({ type }) => type === 'planned'),
    );
    return { runs: [], secondsUntilOn: secondsSince(start) };
  },
  'Redis killed': async ({ campaign }) => {
    const runs = allInHand(campaign);
    const start = performance.now();
    await campaign.redis.kill();
    await wait(REDIS_AWAY_MS);
    await campaign.redis.start();
    return goneOn(campaign, runs, start);
  },
  'Redis killed, its data lost': async ({ campaign }) => {
    const runs = allInHand(campaign);
    const start = performance.now();
    await campaign.redis.kill();
    await rm(join(campaign.options.folder, 'redis', 'appendonlydir'), { recursive: true, force: true });
    await wait(REDIS_AWAY_MS);
    await campaign.redis.start();
    return goneOn(campaign, runs, start);
  },
  'worker of another version': async ({ campaign, otherVersion }) => {
    const start = performance.now();
    const worker = campaign.newWorker(undefined, otherVersion);
    const { code } = await worker.ended;
    const said = worker.said.join('\n');
    if (code !== 1 || !said.includes('error queue/other-version')) throw new Error(`it was not refused:\n${said}`);
    return { runs: [], secondsUntilOn: 0, note: `refused after ${secondsSince(start).toFixed(1)} s` };
  },
  'clock of a worker, an hour ahead': (context) => clockOfWorker(context, 1),
  'clock of a worker, an hour back': (context) => clockOfWorker(context, -1),
  'clock of the coordinator, an hour back': async ({ campaign }) => {
    const runs = allInHand(campaign);
    const start = performance.now();
    campaign.coordinatorClock!.jump(-1);
    return goneOn(campaign, runs, start);
  },
};

async function clockOfWorker({ campaign, random }: FaultContext, hours: number): Promise<FaultOutcome> {
  const slot = await busyWorker(campaign, random);
  const runs = slot.member.runsInHand;
  const start = performance.now();
  slot.clock!.jump(hours);
  return goneOn(campaign, runs, start);
}

async function busyWorker(campaign: Campaign, random: FaultContext['random']): Promise<WorkerSlot> {
  const busy = () => campaign.workers.filter(({ member }) => member.runsInHand.length > 0);
  await campaign.until('a worker has a run in progress', () => busy().length > 0);
  const candidates = busy();
  return candidates[random.below(candidates.length)]!;
}

function allInHand(campaign: Campaign): string[] {
  return campaign.workers.flatMap(({ member }) => member.runsInHand);
}

/** Waits until each of the runs has reported an epoch or its end. */
async function goneOn(campaign: Campaign, runs: readonly string[], start: number): Promise<FaultOutcome> {
  const isOn = (id: string) =>
    campaign
      .eventsSince(start)
      .some((event) => ['epoch', 'finished'].includes(event.type) && 'id' in event && event.id === id);
  await campaign.until(`${runs.join(', ')} resumed`, () => runs.every(isOn) || !campaign.coordinator.isRunning);
  return { runs, secondsUntilOn: secondsSince(start) };
}

function childrenOf(parent: number): number[] {
  const table = execFileSync('ps', ['-o', 'pid=', '--ppid', String(parent)], { encoding: 'utf8' });
  return table.split('\n').flatMap((line) => (line.trim() === '' ? [] : [Number(line)]));
}

function secondsSince(start: number): number {
  return (performance.now() - start) / 1000;
}
