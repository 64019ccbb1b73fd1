import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { thrownBy } from '../../datasets/test/thrown-by.js';
import { prepareFiles, tenEach } from './prepared.js';

/** A straightforward k-core. */
function core(pairs: readonly string[], userCore: number, itemCore: number): string[] {
  for (let left = pairs; ; ) {
    const count = (at: number, name: string) => left.filter((pair) => pair.split(' ')[at] === name).length;
    const enough = left.filter((pair) => {
      const [user, item] = pair.split(' ');
      return count(0, user!) >= userCore && count(1, item!) >= itemCore;
    });
    if (enough.length === left.length) return [...enough].sort();
    left = enough;
  }
}

describe('filters', () => {
  test('keep the same core as a straightforward implementation', async () => {
    const pairs = fc.uniqueArray(
      fc.tuple(fc.nat(14), fc.nat(9)).map(([user, item]) => `u${user} i${item}`),
      { minLength: 30, maxLength: 90 },
    );
    await fc.assert(
      fc.asyncProperty(
        pairs,
        fc.integer({ min: 1, max: 6 }),
        fc.integer({ min: 1, max: 6 }),
        async (log, userCore, itemCore) => {
          const expected = core(log, userCore, itemCore);
          const files = { 'log.csv': ['user,item', ...log.map((pair) => pair.replace(' ', ','))].join('\n') };
          const preparing = prepareFiles(files, { userCore, itemCore });
          if (expected.length === 0) {
            expect((await thrownBy(() => preparing)).code).toBe('prepare/nothing-left');
            return;
          }
          const left = await preparing.catch((error) => error);
          if (left.code === 'prepare/empty-split') return;
          expect([...left.train, ...left.validation, ...left.test].sort()).toEqual(expected);
        },
      ),
      { numRuns: 15 },
    );
  });

  test('apply --core to users and items, and record its rounds', async () => {
    // The chain unravels from its ends, by one item and one user per round.
    const square = ['a', 'b', 'c', 'd'].flatMap((user) => ['w', 'x', 'y', 'z'].map((item) => `${user},${item}`));
    const chain = ['p,w', 'p,1', 'q,1', 'q,2', 'r,2'];
    const { record } = await prepareFiles({ 'log.csv': ['user,item', ...square, ...chain].join('\n') }, { core: 2 });
    const step = record.steps.find(({ rounds }) => rounds !== undefined);
    expect(step).toMatchObject({ rows: 16, users: 4, items: 4, rounds: 5 });
  });

  test('keep the earliest of repeated interactions among those with a sufficient rating', async () => {
    const log = [
      'user,item,rating,time',
      'a,late,5,9',
      'a,late,1,0',
      'a,b,5,2',
      'a,c,5,3',
      'a,late,5,8',
      'a,c,4,7',
    ].join('\n');
    const {
      validation,
      test: testing,
      record,
    } = await prepareFiles({ 'log.csv': log }, { minRating: 4, splitBy: 'leave-one-out' });
    expect(testing).toEqual(['a late']);
    expect(validation).toEqual(['a c']);
    expect(record.steps.map(({ rows }) => rows)).toEqual([6, 5, 3, 3, 3]);
  });

  test('ignore the content of unused rating and time columns', async () => {
    const { record } = await prepareFiles({ 'log.csv': tenEach().replaceAll(/,\d,/g, ',?,') });
    expect(record.unused).toEqual(['rating', 'time']);
  });

  test('refuse to filter out everything', async () => {
    const error = await thrownBy(() => prepareFiles({ 'log.csv': tenEach() }, { minRating: 6 }));
    expect(error).toMatchObject({ code: 'prepare/nothing-left', details: { place: 'keep ratings of at least 6' } });
  });
});
