import { readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { type DistributedDocument, faultTable, OF_NO_JOB, scalingTable } from '../src/distributed/tables.js';

const read = (path: string) => readFile(new URL(`../../../${path}`, import.meta.url), 'utf8');

test('docs/distributed.md matches the recorded measurement, in which nothing was lost', async () => {
  const measured: DistributedDocument = JSON.parse(
    await read('tooling/benchmarks/results/distributed-quickstart.json'),
  );
  const guide = await read('docs/distributed.md');
  expect(guide).toContain(faultTable(measured));
  expect(guide).toContain(scalingTable(measured));
  const { filesDiffering, finishedTwice, redisKeysLeft, statesLeft, resultsInStore, injected } = measured.disturbed;
  const jobsLeft = redisKeysLeft.filter((key) => !OF_NO_JOB.test(key));
  expect([filesDiffering, finishedTwice, jobsLeft, statesLeft]).toEqual([[], [], [], []]);
  expect(resultsInStore).toBe(measured.onOneMachine.runs);
  expect(injected).toHaveLength(measured.settings.faults);
});
