import assert from 'node:assert/strict';
import { type ObservedSet, type Representation, StepScope, type Triples } from '@balanced-rec/ckd-core/backbone';
import * as tf from '@tensorflow/tfjs-core';
import { assertClose, marginsFrom, subsets, tablesOf } from '../subject/numbers.js';
import { itemCount, sampleBatch, userCount } from '../subject/sample-data.js';
import { type Check, type Made, modalitySets, type Setting, type Subject } from '../subject/subject.js';
import { withDistilled } from '../subject/training.js';

/** Names that would collide if the keys of a step's shared values were joined carelessly. */
const trickyNames: ObservedSet = ['id', 'ids', 'a+b', 'a', 'b'];

/** A few ids, and enough that computing the whole table is cheaper; both with duplicates. */
const idLists = [Int32Array.of(3, 0, 3, 19, 7), Int32Array.from({ length: 26 }, (_, k) => (5 * k) % 19)];

/** How a backbone is prepared: freshly created, or after an epoch of CKD. */
type With = (subject: Subject, modalities: readonly string[], use: (made: Made) => void) => Promise<void>;

const made: Readonly<Record<Setting, With>> = {
  plain: (subject, modalities, use) => subject.with(modalities, use),
  distilled: withDistilled,
};

export function viewChecks(setting: Setting): readonly Check[] {
  const subjectWith = made[setting];
  return [
    ...modalitySets[setting].flatMap((modalities): Check[] => {
      const title = modalities.join(', ');
      return [
        {
          name: `tables have a finite row per user and item, for every subset of ${title}`,
          run: (subject) =>
            subjectWith(subject, modalities, ({ backbone }) => {
              assert.deepEqual(backbone.modalities, modalities);
              for (const observed of subsets(modalities)) {
                tf.tidy(() => {
                  const view = backbone.represent(observed, new StepScope('evaluate'));
                  const [users, items] = [view.users(), view.items()];
                  assert.deepEqual([users.shape[0], items.shape[0]], [userCount, itemCount]);
                  assert.equal(users.shape[1], items.shape[1]);
                  assert.ok([...users.dataSync(), ...items.dataSync()].every(Number.isFinite), 'finite');
                });
              }
            }),
        },
        {
          name: `rows of users and items match the tables, for every subset of ${title}`,
          run: (subject) => subjectWith(subject, modalities, checkRows),
        },
        {
          name: `squares are sums over a batch's rows, for every subset of ${title}`,
          run: (subject) => subjectWith(subject, modalities, checkSquares),
        },
        {
          name: `margins are differences of dot products, for every subset of ${title}`,
          run: (subject) => subjectWith(subject, modalities, checkMargins),
        },
      ];
    }),
    ...(setting === 'plain' ? [anyNames] : []),
  ];
}

const anyNames: Check = {
  name: `modalities can have any names: ${trickyNames.join(', ')}`,
  run: (subject) => subject.with(trickyNames, checkMargins),
};

function checkRows({ backbone }: Made): void {
  for (const observed of subsets(backbone.modalities)) {
    const tables = tablesOf(backbone, observed);
    for (const side of ['users', 'items'] as const) {
      for (const ids of idLists) {
        const expected = rowsOf(tables[side], tables.dimension, ids);
        const title = `${side} of [${observed}]`;
        const alone = tf.tidy(() =>
          ask(backbone.represent(observed, new StepScope('evaluate')), (view) => view[side](ids)),
        );
        assertClose(alone, expected, 1e-6, `${title} requested alone`);
        tf.tidy(() => {
          const scope = new StepScope('evaluate');
          backbone.represent(observed, scope)[side]();
          const after = ask(backbone.represent(observed, scope), (view) => view[side](ids));
          assertClose(after, expected, 1e-6, `${title} requested after the table`);
        });
      }
    }
  }
}

function rowsOf(table: Float32Array, dimension: number, ids: Int32Array): number[] {
  return [...ids].flatMap((id) => [...table.subarray(id * dimension, (id + 1) * dimension)]);
}

function checkSquares({ backbone }: Made): void {
  const batch = sampleBatch();
  for (const observed of subsets(backbone.modalities)) {
    const { dimension, users, items } = tablesOf(backbone, observed);
    const named = [
      ...rowsOf(users, dimension, batch.users),
      ...rowsOf(items, dimension, batch.positives),
      ...rowsOf(items, dimension, batch.negatives),
    ];
    const found = tf.tidy(() =>
      ask(backbone.represent(observed, new StepScope('evaluate')), (view) => view.squares(batch)),
    );
    const expected = named.reduce((sum, x) => sum + x * x, 0);
    assertClose(found, [expected], 1e-5, `squares of [${observed}]`);
  }
}

/** Checks each view on its own, and all of them in one scope, where they share what they can. */
function checkMargins({ backbone }: Made): void {
  const batches: Triples[] = [sampleBatch(), sampleBatch(4, 5)];
  const views = subsets(backbone.modalities);
  const expected = views.map((observed) => {
    const tables = tablesOf(backbone, observed);
    return batches.map((batch) => marginsFrom(tables, batch));
  });
  const compare = (scopeFor: () => StepScope, title: string) =>
    tf.tidy(() => {
      for (const [v, observed] of views.entries()) {
        for (const [b, batch] of batches.entries()) {
          const margins = ask(backbone.represent(observed, scopeFor()), (view) => view.margins(batch));
          // Margins may be zero up to rounding (if nothing is observed), hence the 1.
          assertClose([1, ...margins], [1, ...expected[v]![b]!], 1e-6, `margins of [${observed}], ${title}`);
        }
      }
    });
  compare(() => new StepScope('evaluate'), 'each in its own scope');
  const shared = new StepScope('evaluate');
  compare(() => shared, 'all in one scope');
}

/** No tidy here, because a scope's values must outlive this call. */
function ask(view: Representation, question: (view: Representation) => tf.Tensor): Float32Array {
  return question(view).dataSync<'float32'>().slice();
}
