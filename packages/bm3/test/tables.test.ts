import { rankingTables } from '@balanced-rec/ckd-core';
import { onEachEngine, relativeError } from '@balanced-rec/naive';
import { expect, test } from 'vitest';
import { make, modalitySets, subsets } from './support/subject.js';

onEachEngine('the tables of BM3 match the specification in double precision', () => {
  for (const modalities of modalitySets) {
    for (const observed of subsets(modalities)) {
      test.each([0, 1, 2])(`with [${observed}] of [${modalities}] known and %i layers`, (layers) => {
        const { backbone, naive } = make(modalities, { layers });
        const { users, items } = rankingTables(backbone, observed);
        expect(relativeError([...users, ...items], naive.represent(observed).flat())).toBeLessThan(1e-5);
        backbone.dispose();
      });
    }
  }
});
