import { join } from 'node:path';
import { RandomStreams } from '@balanced-rec/ckd-core';
import { comparisonFile, filesBelow, scratchFolder, tinyDataset } from '@balanced-rec/tiny-data';
import { expect, test } from 'vitest';
import { startCli } from '../support/cli.js';
import { until } from '../support/processes.js';
import { resultOf } from '../support/result.js';

/** Runs of about a second: long enough for some checkpoints, written twenty times a second. */
const yaml = `
datasets: [tiny]
backbones:
  - { name: vbpr, set: { embeddingDim: 8 } }
  - { name: freedom, set: { embeddingDim: 8 }, variants: [plain] }
variants: [ckd, ogm-ge]
protocol: { name: mmrec, evaluateEvery: 2, patience: 1000, maxEpochs: 160 }
`;
const KILLS = 10;

test(`kill -9 at ${KILLS} random moments: the final records equal those of an uninterrupted comparison`, async () => {
  const root = await scratchFolder();
  await tinyDataset(root);
  const file = await comparisonFile(root, yaml);
  const compare = (out: string) =>
    startCli(['compare', file, '--out', join(root, out), '--checkpoint-every', '0.05', '--json', '--jobs', '2']);
  const whole = await compare('whole').ended;
  expect(whole.code, whole.stderr).toBe(0);
  const total = epochs(whole.stdout).length;

  // Seeded, so that a failure can be reproduced; how far a process gets by then still depends on the machine.
  const random = new RandomStreams(1).stream('moments');
  let resumed = 0;
  let kills = 0;
  for (; kills < KILLS; kills++) {
    const comparison = compare('killed');
    const moment = 1 + random.below(Math.ceil(total / KILLS));
    let isOver = false;
    comparison.ended.then(() => {
      isOver = true;
    });
    await until('its moment has come', () => isOver || epochs(comparison.heard()).length >= moment);
    if (isOver) break;
    process.kill(-comparison.child.pid!, 'SIGKILL');
    expect((await comparison.ended).signal).toBe('SIGKILL');
    resumed += goingOn(comparison.heard());
  }
  const last = await compare('killed').ended;
  expect(last.code, last.stderr).toBe(0);
  resumed += goingOn(last.stdout);
  expect(kills, 'the comparison ended before it was killed this often').toBe(KILLS);
  expect(resumed, 'resumed runs').toBeGreaterThan(KILLS / 2);
  expect(await resultOf(join(root, 'killed'))).toEqual(await resultOf(join(root, 'whole')));
  expect(filesBelow(join(root, 'killed')).filter((name) => name.startsWith('progress/'))).toEqual([]);
}, 600_000);

interface Epoch {
  readonly id: string;
  readonly epoch: number;
}

/** The epochs that a comparison has reported; its last line may be cut off. */
function epochs(stdout: string): Epoch[] {
  const lines = stdout.slice(0, stdout.lastIndexOf('\n') + 1).split('\n');
  return lines.filter((line) => line.startsWith('{"type":"epoch"')).map((line) => JSON.parse(line));
}

/** How many runs of a process were resumed after their first epoch. */
function goingOn(stdout: string): number {
  const first = new Map<string, number>();
  for (const { id, epoch } of epochs(stdout)) if (!first.has(id)) first.set(id, epoch);
  return [...first.values()].filter((epoch) => epoch > 1).length;
}
