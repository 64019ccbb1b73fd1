import { rankingTables } from '@balanced-rec/ckd-core';
import { onEachEngine, relativeError } from '@balanced-rec/naive';
import { expect, test } from 'vitest';
import { make, modalitySets, routings, subsets } from './support/subject.js';

onEachEngine('the tables of GRCN match the specification in double precision', () => {
  for (const modalities of modalitySets) {
    for (const routing of routings) {
      for (const observed of subsets(modalities)) {
        test(`with [${observed}] of [${modalities}] known, routing as in the ${routing}`, () => {
          const { backbone, naive } = make({ modalities, routing });
          const { users, items } = rankingTables(backbone, observed);
          expect(relativeError([...users, ...items], naive.represent(observed).flat())).toBeLessThan(1e-5);
          backbone.dispose();
        });
      }
    }
  }

  // The reference only renormalises unit vectors; with the paper's routing, each iteration has an effect.
  test.each([
    { routing: 'reference', counts: false },
    { routing: 'paper', counts: true },
  ] as const)('the number of iterations matters with the routing of the $routing: $counts', ({ routing, counts }) => {
    const tables = [0, 1, 3].map((routingIterations) => {
      const { backbone, naive } = make({ modalities: ['smell'], routing, routingIterations });
      const { users, items } = rankingTables(backbone);
      backbone.dispose();
      expect(relativeError([...users, ...items], naive.represent(['smell']).flat())).toBeLessThan(1e-5);
      return [...users];
    });
    for (const other of tables.slice(1)) expect(relativeError(other, tables[0]!) > 1e-2).toBe(counts);
  });
});
