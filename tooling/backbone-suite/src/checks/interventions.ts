import { only, type TrainingData, type Triples, without } from '@balanced-rec/ckd-core';
import { assertClose, assertDiffer, marginsFrom, tablesOf } from '../numbers.js';
import { itemCount, sampleData, userCount, withShuffledFeatures } from '../sample-data.js';
import { type Check, distillableSets, type Subject } from '../subject.js';

/** Each user's first item against every other: as good as all the scores for the sake of comparison. */
const everyMargin: Triples = (() => {
  const size = userCount * itemCount;
  return {
    users: Int32Array.from({ length: size }, (_, k) => Math.floor(k / itemCount)),
    positives: new Int32Array(size),
    negatives: Int32Array.from({ length: size }, (_, k) => k % itemCount),
  };
})();

export const interventionChecks: readonly Check[] = distillableSets.flatMap((modalities): Check[] => [
  {
    name: `without m, rankings do not depend on which item has which features of m (${modalities.join(', ')})`,
    run: (subject) => {
      for (const m of modalities) {
        const data = sampleData(modalities);
        const shuffled = withShuffledFeatures(data, [m]);
        const view = without(modalities, m);
        assertClose(margins(subject, shuffled, view), margins(subject, data, view), 1e-4, `margins without ${m}`);
        assertDiffer(margins(subject, shuffled, [m]), margins(subject, data, [m]), `margins with ${m} alone`);
      }
    },
  },
  {
    name: `with only m, rankings do not depend on the features of the others (${modalities.join(', ')})`,
    run: (subject) => {
      for (const m of modalities) {
        const data = sampleData(modalities);
        const shuffled = withShuffledFeatures(data, without(modalities, m));
        const view = only(modalities, m);
        assertClose(margins(subject, shuffled, view), margins(subject, data, view), 1e-4, `margins of ${m} alone`);
        if (!subject.scoresContent) continue;
        const joint = margins(subject, shuffled, modalities);
        assertDiffer(joint, margins(subject, data, modalities), 'joint margins');
      }
    },
  },
]);

/** Of a backbone with the same initial parameters each time: the seed is the same. */
function margins(subject: Subject, data: TrainingData, observed: readonly string[]): Float64Array {
  const { backbone } = subject.make(Object.keys(data.features), { data });
  try {
    return marginsFrom(tablesOf(backbone, observed), everyMargin);
  } finally {
    backbone.dispose();
  }
}
