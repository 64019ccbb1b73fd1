import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { resultOf } from '../../../packages/balanced-rec/test/support/result.js';
import { Campaign, type CampaignOptions } from './distributed/campaign.js';
import { disturb } from './distributed/disturb.js';
import { Member } from './distributed/member.js';
import { otherVersion } from './distributed/other-version.js';
import { round, toTheEnd } from './distributed/to-the-end.js';
import { type Result, whatIsLeft } from './distributed/what-is-left.js';
import { describeVersions } from './versions.js';

export interface DistributedOptions
  extends Pick<CampaignOptions, 'comparison' | 'data' | 'stalledAfter' | 'checkpointEvery'> {
  readonly workers: number;
  readonly faults: number;
  readonly seed: number;
}

/**
 * Runs the comparison on one machine without a queue, then with workers and faults at random moments, then undisturbed with the
 * same number of workers, with 2 and with 1. The results must be the same each time.
 */
export async function benchDistributed(options: DistributedOptions) {
  const root = await mkdtemp(join(tmpdir(), 'balanced-rec-distributed-'));
  try {
    const local = await onOneMachine(options, join(root, 'local'));
    const other = await otherVersion(join(root, 'other-version'));
    const disturbed = await disturb(
      {
        ...{ ...options, folder: join(root, 'faults'), clocks: true },
        ...{ secondsUndisturbed: local.seconds, otherVersion: other },
      },
      local.result,
    );
    const undisturbed = [];
    for (const workers of [...new Set([options.workers, 2, 1])]) {
      const folder = join(root, `undisturbed-${workers}`);
      undisturbed.push(await byWorkers({ ...options, workers, folder }, local.result));
    }
    const free = undisturbed[0]!.seconds;
    return {
      versions: describeVersions(),
      settings: options,
      onOneMachine: { jobs: 2, seconds: local.seconds, runs: local.runs },
      undisturbed,
      disturbed: { ...disturbed, secondsLostPerFault: round((disturbed.seconds - free) / options.faults) },
    };
  } finally {
    await rm(root, { recursive: true, force: true });
  }
}

async function onOneMachine({ comparison }: DistributedOptions, out: string) {
  const start = performance.now();
  const member = new Member(['compare', comparison, '--out', out, '--jobs', '2']);
  const { code } = await member.ended;
  if (code !== 0) throw new Error(member.said.join('\n'));
  const result = await resultOf(out);
  const runs = [...result.keys()].filter((name) => name.startsWith('runs/')).length;
  return { seconds: round((performance.now() - start) / 1000), result, runs };
}

async function byWorkers(options: CampaignOptions, expected: Result) {
  const campaign = await Campaign.start(options);
  const seconds = await toTheEnd(campaign);
  return { workers: options.workers, seconds, ...(await whatIsLeft(campaign, expected)) };
}
