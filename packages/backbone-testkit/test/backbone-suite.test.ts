import { expect, test } from 'vitest';
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

/** The groups in which tests fail, as `<group>` on its own and `CKD > <group>` inside CKD. */
async function failingGroups(fault: Fault): Promise<string[]> {
  const failing = new Set<string>();
  for (const { groups, run } of testsFor(fault)) {
    const setting = groups[0]!.includes('inside CKD') ? 'CKD > ' : '';
    await run().catch(() => failing.add(setting + groups[1]));
  }
  return [...failing];
}

test('a backbone that is as it should be passes, and every test has a name of its own', async () => {
  const tests = testsFor('none');
  expect(tests.length).toBeGreaterThan(50);
  expect(new Set(tests.map(({ groups, name }) => [...groups, name].join())).size).toBe(tests.length);
  expect(await failingGroups('none')).toEqual([]);
});

test.each<[Fault, string[]]>([
  ['a row too many', ['views', 'CKD > views']],
  ['rows of other items', ['views', 'CKD > views']],
  ['rows of other items where there is one modality', ['views']],
  // CKD compares views with each other, so it is taught something where there is nothing to teach.
  ['views shared under one key', ['views', 'CKD > views', 'CKD > distillation']],
  ['gradient cut', ['gradients', 'CKD > gradients']],
  ['intervention forgotten', ['interventions', 'CKD > interventions']],
  ['features of an unobserved modality used', ['interventions', 'CKD > interventions']],
  ['third modality ignored', ['interventions', 'CKD > interventions']],
  // Going on can only end where not stopping does if training ends there twice; the teachers are drawn anew, too.
  ['unseeded initial values', ['determinism', 'CKD > determinism', 'CKD > resuming']],
  ['unseeded noise in training', ['determinism', 'resuming', 'CKD > determinism', 'CKD > resuming']],
  ['state outside the parameters', ['checkpoints', 'CKD > checkpoints']],
  ['state that outlives an epoch', ['resuming', 'CKD > resuming']],
  ['tensor kept in every step', ['memory', 'CKD > memory']],
  ['tensor kept when a step asks for a modality alone', ['CKD > memory']],
  ['features never freed', ['memory', 'CKD > memory']],
  ['learns the opposite', ['learning', 'CKD > learning']],
  ['options accepted unchecked', ['configuration']],
])('a backbone fails exactly what its fault breaks: %s', async (fault, groups) => {
  expect((await failingGroups(fault)).sort()).toEqual(groups.sort());
});
