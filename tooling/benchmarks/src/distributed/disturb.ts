import { setTimeout as wait } from 'node:timers/promises';
import { RandomStreams } from '@balanced-rec/ckd-core';
import { Campaign, type CampaignOptions } from './campaign.js';
import { type FaultContext, type FaultOutcome, faults } from './faults.js';
import { round, toTheEnd } from './to-the-end.js';
import { type Result, whatIsLeft } from './what-is-left.js';

export interface DisturbOptions extends CampaignOptions {
  readonly faults: number;
  readonly seed: number;
  /** The approximate time of the undisturbed comparison, over which the faults are spread. */
  readonly secondsUndisturbed: number;
  /** A checkout of another version. */
  readonly otherVersion: string;
}

interface Injected extends FaultOutcome {
  readonly fault: string;
  /** Seconds since the comparison began. */
  readonly atSecond: number;
}

/** Runs a comparison with faults at random moments. */
export async function disturb(options: DisturbOptions, expected: Result) {
  const random = new RandomStreams(options.seed).stream('faults');
  const kinds = drawKinds(options.faults, random);
  const campaign = await Campaign.start(options);
  const begun = performance.now();
  const injected: Injected[] = [];
  // Half of that time, because the other half passes while the affected processes recover.
  const apart = options.secondsUndisturbed / (2 * (options.faults + 1));
  for (const fault of kinds) {
    await wait(1000 * apart * (0.25 + random.below(1000) / 1000));
    if (!campaign.coordinator.isRunning) break;
    const at = performance.now();
    process.stderr.write(`${Math.round((at - begun) / 1000)} s: ${fault}\n`);
    const outcome = await faults[fault]!({ campaign, random, otherVersion: options.otherVersion });
    process.stderr.write(`  resumed after ${outcome.secondsUntilOn.toFixed(1)} s; ${outcome.runs.join(', ')}\n`);
    injected.push({ fault, atSecond: round((at - begun) / 1000), ...outcome });
  }
  const seconds = await toTheEnd(campaign);
  const marks = [...injected.map(({ atSecond }) => begun + 1000 * atSecond), Number.POSITIVE_INFINITY];
  const counted = injected.map((one, at) => ({
    ...one,
    secondsUntilOn: round(one.secondsUntilOn),
    epochsRepeated: repeatedBetween(campaign, marks[at]!, marks[at + 1]!),
  }));
  return { seconds, injected: counted, ...(await whatIsLeft(campaign, expected)) };
}

/** Draws every kind once, in random order, before any is repeated. */
function drawKinds(count: number, random: FaultContext['random']): string[] {
  const kinds: string[] = [];
  while (kinds.length < count) {
    const left = Object.keys(faults);
    while (left.length > 0) kinds.push(...left.splice(random.below(left.length), 1));
  }
  return kinds.slice(0, count);
}

/** The number of epochs that were reported a second time. */
function repeatedBetween({ events }: Campaign, from: number, to: number): number {
  const told = new Set<string>();
  let repeated = 0;
  for (const { at, event } of events) {
    if (event.type !== 'epoch') continue;
    const epoch = `${event.id} ${event.variant} ${event.epoch}`;
    if (told.has(epoch) && at >= from && at < to) repeated++;
    told.add(epoch);
  }
  return repeated;
}
