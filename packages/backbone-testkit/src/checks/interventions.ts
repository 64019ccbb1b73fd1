import { isDeepStrictEqual } from 'node:util';
import {
  only,
  type ParameterSnapshot,
  type TrainingData,
  type Triples,
  without,
} from '@balanced-rec/ckd-core/backbone';
import { assertClose, assertDiffer, marginsFrom, tablesOf } from '../subject/numbers.js';
import { itemCount, sampleData, userCount, withShuffledFeatures } from '../subject/sample-data.js';
import { type Check, modalitySets, type Setting, type Subject } from '../subject/subject.js';
import { withDistilled } from '../subject/training.js';

/** The first item against every other item for each user: equivalent to all scores for the purpose of comparison. */
const everyMargin: Triples = (() => {
  const size = userCount * itemCount;
  return {
    users: Int32Array.from({ length: size }, (_, k) => Math.floor(k / itemCount)),
    positives: new Int32Array(size),
    negatives: Int32Array.from({ length: size }, (_, k) => k % itemCount),
  };
})();

/** These checks use two and three modalities, because with a single one there is no other to keep. */
export function interventionChecks(setting: Setting): readonly Check[] {
  return modalitySets.distilled.flatMap((modalities): Check[] => [
    {
      name: `the view of one modality differs from the joint view (${modalities.join(', ')})`,
      run: async (subject) => {
        const margins = await marginsOf(subject, modalities, setting);
        const data = sampleData(modalities);
        for (const m of modalities) assertDiffer(margins(data, [m]), margins(data, modalities), `only ${m}`);
      },
    },
    {
      name: `without m, rankings do not depend on which item has which features of m (${modalities.join(', ')})`,
      run: async (subject) => {
        const margins = await marginsOf(subject, modalities, setting);
        for (const m of modalities) {
          const data = sampleData(modalities);
          const shuffled = withShuffledFeatures(data, [m]);
          const view = without(modalities, m);
          assertClose(margins(shuffled, view), margins(data, view), 1e-4, `margins without ${m}`);
          assertDiffer(margins(shuffled, [m]), margins(data, [m]), `margins with ${m} alone`);
        }
      },
    },
    {
      name: `with only m, rankings do not depend on the features of the others (${modalities.join(', ')})`,
      run: async (subject) => {
        const margins = await marginsOf(subject, modalities, setting);
        for (const m of modalities) {
          const data = sampleData(modalities);
          const shuffled = withShuffledFeatures(data, without(modalities, m));
          const view = only(modalities, m);
          assertClose(margins(shuffled, view), margins(data, view), 1e-4, `margins of ${m} alone`);
          if (subject.definition.supports.scoresContent === false) continue;
          const joint = margins(shuffled, modalities);
          assertDiffer(joint, margins(data, modalities), 'joint margins');
        }
      },
    },
  ]);
}

/** The margins of any data under a view, always with the same parameters. */
type Margins = (data: TrainingData, observed: readonly string[]) => Float64Array;

/** Uses the initial parameters, which follow from the seed, or those after an epoch of CKD. */
async function marginsOf(subject: Subject, modalities: readonly string[], setting: Setting): Promise<Margins> {
  if (setting === 'plain') return (data, observed) => margins(subject, data, observed);
  const moved = await movedByCkd(subject, modalities);
  return (data, observed) => margins(subject, data, observed, moved);
}

interface Moved {
  readonly before: ParameterSnapshot;
  readonly after: ParameterSnapshot;
}

async function movedByCkd(subject: Subject, modalities: readonly string[]): Promise<Moved> {
  let after: ParameterSnapshot = new Map();
  await withDistilled(subject, modalities, ({ backbone }) => {
    after = copyOf(backbone.parameters.snapshot());
  });
  let before: ParameterSnapshot = new Map();
  await subject.with(modalities, ({ backbone }) => {
    before = copyOf(backbone.parameters.snapshot());
  });
  return { before, after };
}

function margins(subject: Subject, data: TrainingData, observed: readonly string[], moved?: Moved): Float64Array {
  const { backbone } = subject.make(Object.keys(data.features), { data });
  try {
    if (moved) backbone.parameters.restore(trainedBut(copyOf(backbone.parameters.snapshot()), moved));
    return marginsFrom(tablesOf(backbone, observed), everyMargin);
  } finally {
    backbone.dispose();
  }
}

/** The trained parameters, except tables initialised from features, which stay those of the current data. */
function trainedBut(initial: ParameterSnapshot, { before, after }: Moved): ParameterSnapshot {
  return new Map(
    [...initial].map(([name, array]) => [name, isDeepStrictEqual(array, before.get(name)) ? after.get(name)! : array]),
  );
}

/** Copies the values, because an engine may return the memory that it computes in. */
function copyOf(snapshot: ParameterSnapshot): ParameterSnapshot {
  return new Map([...snapshot].map(([name, { shape, values }]) => [name, { shape, values: values.slice() }]));
}
