import { describe, expect, test } from 'vitest';
import { backboneSuite } from '../src/index.js';
import { type Fault, faultyBackbone } from './faulty-backbone.js';

interface Recorded {
  /** The names of the groups that it is in, outermost first. */
  readonly groups: readonly string[];
  readonly name: string;
  readonly run: () => Promise<void>;
}

/** The suite's tests for a backbone, as a test runner would see them. */
function testsFor(fault: Fault): Recorded[] {
  const groups: string[] = [];
  const recorded: Recorded[] = [];
  backboneSuite({
    describe: (name, body) => {
      groups.push(name);
      body();
      groups.pop();
    },
    test: (name, run) => {
      recorded.push({ groups: [...groups], name, run });
    },
    definition: faultyBackbone(fault),
    engines: [{ name: 'cpu' }],
  });
  return recorded;
}

async function failures(tests: readonly Recorded[]): Promise<string[]> {
  const failed: string[] = [];
  for (const { name, run } of tests) {
    await run().catch((error: Error) => failed.push(`${name}: ${error.message}`));
  }
  return failed;
}

describe('the suite', () => {
  test('passes a backbone that is as it should be', async () => {
    const tests = testsFor('none');
    expect(tests.length).toBeGreaterThan(30);
    expect(new Set(tests.map(({ groups, name }) => [...groups, name].join())).size).toBe(tests.length);
    expect(await failures(tests)).toEqual([]);
  });

  test.each<[Fault, string]>([
    ['gradient cut', 'gradients'],
    ['tensor kept in every step', 'memory'],
    ['features never freed', 'memory'],
    ['intervention forgotten', 'interventions'],
    ['features of an unobserved modality used', 'interventions'],
    ['unseeded initial values', 'determinism'],
    ['unseeded noise in training', 'determinism'],
    ['state outside the parameters', 'checkpoints'],
    ['state that outlives an epoch', 'resuming'],
    ['views shared under one key', 'views'],
    ['rows of other items', 'views'],
    ['options accepted unchecked', 'configuration'],
  ])('catches: %s', async (fault, group) => {
    const tests = testsFor(fault).filter(({ groups }) => groups.includes(group));
    expect(await failures(tests)).not.toEqual([]);
  });
});
