import { rankingTables } from '@balanced-rec/ckd-core';
import { onEachEngine, relativeError } from '@balanced-rec/naive';
import { expect, test } from 'vitest';
import { make, modalitySets, subsets } from './support/subject.js';

onEachEngine('the tables of LATTICE in evaluation match the specification in double precision', () => {
  for (const modalities of modalitySets) {
    for (const observed of subsets(modalities)) {
      test.each([
        { cfModel: 'lightgcn', layers: 2, itemLayers: 1 },
        { cfModel: 'lightgcn', layers: 1, itemLayers: 2 },
        { cfModel: 'lightgcn', layers: 0, itemLayers: 0 },
        { cfModel: 'mf', layers: 2, itemLayers: 1 },
      ] as const)(
        `with [${observed}] of [${modalities}] known, $cfModel, $layers and $itemLayers layers`,
        (options) => {
          const { backbone, naive } = make(modalities, options);
          const { users, items } = rankingTables(backbone, observed);
          expect(relativeError([...users, ...items], naive.represent(observed).flat())).toBeLessThan(1e-5);
          backbone.dispose();
        },
      );
    }
  }

  // In this case, some items' similarities add up to less than zero.
  test('with more neighbours than items, every item is a neighbour', () => {
    const { backbone, naive } = make(['smell'], { neighbours: 25, lambda: 1 });
    const { users, items } = rankingTables(backbone);
    expect(relativeError([...users, ...items], naive.represent(['smell']).flat())).toBeLessThan(1e-5);
    backbone.dispose();
  });
});
