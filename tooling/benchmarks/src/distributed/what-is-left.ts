import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { resultOf } from '../../../../packages/balanced-rec/test/support/result.js';
import type { Campaign } from './campaign.js';

/** The contents of a comparison's folder by file, without times. */
export type Result = ReadonlyMap<string, string>;

/** Stops a campaign and compares its results with the expected ones. */
export async function whatIsLeft(campaign: Campaign, expected: Result) {
  const redisKeysLeft = await campaign.stop();
  const result = await resultOf(campaign.out);
  // Item graphs are not results: each worker builds its own.
  const compared = [...expected.keys()].filter((name) => !name.startsWith('neighbours/'));
  const differing = [...new Set([...compared, ...result.keys()])].filter(
    (name) => expected.get(name) !== result.get(name),
  );
  const finished = campaign.events.flatMap(({ event }) => (event.type === 'finished' ? [event.id] : []));
  return {
    filesCompared: compared.length,
    filesDiffering: differing,
    finishedTwice: finished.filter((id, at) => finished.indexOf(id) !== at),
    redisKeysLeft,
    statesLeft: await readdir(join(campaign.store, 'states')).catch(() => []),
    resultsInStore: (await readdir(join(campaign.store, 'results'))).length,
  };
}
