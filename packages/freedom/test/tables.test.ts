import { RandomStreams } from '@balanced-rec/ckd-core';
import { onEachEngine, relativeError } from '@balanced-rec/naive';
import { expect, test } from 'vitest';
import { make, modalitySets, subsets, tablesOf } from './support/subject.js';

onEachEngine('the tables of FREEDOM in evaluation match the specification in double precision', () => {
  for (const weights of modalitySets) {
    for (const observed of subsets(Object.keys(weights))) {
      test.each([
        { layers: 2, itemLayers: 1 },
        { layers: 1, itemLayers: 2 },
        { layers: 0, itemLayers: 0 },
      ])(`with [${observed}] of [${Object.keys(weights)}] known, $layers and $itemLayers layers`, (options) => {
        const { backbone, naive } = make(weights, options);
        // This must not affect evaluation.
        backbone.beginEpoch!(1, new RandomStreams(1));
        const found = tablesOf(backbone, observed, 'evaluate');
        expect(relativeError(found, naive.represent(observed).flat())).toBeLessThan(1e-5);
        backbone.dispose();
      });
    }
  }
});
