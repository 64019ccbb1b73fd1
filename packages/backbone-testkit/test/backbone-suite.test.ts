import { expect, test } from 'vitest';
import { backboneSuite } from '../src/index.js';
import { type Fault, faultyBackbone } from './faulty-backbone.js';

interface Recorded {
  /** The names of the enclosing groups, outermost first. */
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

/** The groups with failing tests: `<group>` for the backbone itself, `CKD > <group>` inside CKD. */
async function failingGroups(fault: Fault): Promise<string[]> {
  const failing = new Set<string>();
  for (const { groups, run } of testsFor(fault)) {
    const setting = groups[0]!.includes('inside CKD') ? 'CKD > ' : '';
    await run().catch(() => failing.add(setting + groups[1]));
  }
  return [...failing];
}

test('a correct backbone passes, and every test has a unique name', async () => {
  const tests = testsFor('none');
  expect(tests.length).toBeGreaterThan(50);
  expect(new Set(tests.map(({ groups, name }) => [...groups, name].join())).size).toBe(tests.length);
  expect(await failingGroups('none')).toEqual([]);
});

test.each<[Fault, string[]]>([
  ['one row too many', ['views', 'CKD > views']],
  ['rows of other items', ['views', 'CKD > views']],
  ['rows of other items with a single modality', ['views']],
  // CKD compares views with each other, so it distils something where there is nothing to learn.
  ['views shared under one key', ['views', 'CKD > views', 'CKD > distillation']],
  ['gradient cut', ['gradients', 'CKD > gradients']],
  ['intervention forgotten', ['interventions', 'CKD > interventions']],
  ['features of an unobserved modality used', ['interventions', 'CKD > interventions']],
  ['third modality ignored', ['interventions', 'CKD > interventions']],
  // Resuming can only match uninterrupted training if training is reproducible, including the teachers' initial values.
  ['unseeded initial values', ['determinism', 'CKD > determinism', 'CKD > resuming']],
  ['unseeded noise in training', ['determinism', 'resuming', 'CKD > determinism', 'CKD > resuming']],
  ['state outside the parameters', ['checkpoints', 'CKD > checkpoints']],
  ['state that outlives an epoch', ['resuming', 'CKD > resuming']],
  ['tensor kept in every step', ['memory', 'CKD > memory']],
  ['tensor kept when a step requests a modality alone', ['CKD > memory']],
  ['features never freed', ['memory', 'CKD > memory']],
  ['learns the opposite', ['learning', 'CKD > learning']],
  ['options accepted unchecked', ['configuration']],
])('a faulty backbone fails exactly the groups that its fault breaks: %s', async (fault, groups) => {
  expect((await failingGroups(fault)).sort()).toEqual(groups.sort());
});
