import { sampleBatch } from '@balanced-rec/backbone-testkit';
import { objectiveOf, RandomStreams, rankingTables } from '@balanced-rec/ckd-core';
import { dropout, StepScope } from '@balanced-rec/ckd-core/backbone';
import { type Matrix, onEachEngine, relativeError, rowsOf, stepOf } from '@balanced-rec/naive';
import * as tf from '@tensorflow/tfjs-core';
import { expect, test } from 'vitest';
import type { Targets } from './support/naive-bm3.js';
import { make } from './support/subject.js';

const modalities = ['video', 'audio'];
const batch = sampleBatch();

/** The targets of successive steps after dropout by a backbone with that seed: users, items, then each modality's content. */
function dropper(rate: number, seed: number): (targets: Targets) => Targets {
  const random = new RandomStreams(seed).stream('dropout');
  const drop = (x: Matrix): Matrix =>
    tf.tidy(() => rowsOf(dropout(tf.tensor2d(x), rate, random).dataSync(), x[0]!.length));
  return ({ users, items, content }) => ({
    users: drop(users),
    items: drop(items),
    content: Object.fromEntries(modalities.map((m) => [m, drop(content[m]!)])),
  });
}

/** The terms of two consecutive steps. */
function steps(rate: number, seed = 3) {
  const { backbone } = make(modalities, { dropout: rate }, seed);
  const terms = [1, 2].map(() => stepOf(objectiveOf(backbone), batch).terms);
  backbone.dispose();
  return terms;
}

onEachEngine("BM3's dropout", () => {
  test.each([0.3, 0.8])(
    'drops values from the targets in training, different ones in each step, at a rate of %f',
    (rate) => {
      const { naive, backbone } = make(modalities);
      const drop = dropper(rate, 3);
      const whole = naive.targets(batch);
      const found = steps(rate);
      for (const [k, terms] of found.entries()) {
        const expected = naive.terms(modalities, batch, drop(whole));
        for (const [name, value] of Object.entries(expected))
          expect(terms[name], `${name}, step ${k + 1}`).toBeCloseTo(value, 5);
      }
      expect(found[0]).not.toEqual(found[1]);
      backbone.dispose();
    },
  );

  test('is reproducible from the seed, differs for another seed, and is off at a rate of zero', () => {
    expect(steps(0.5)).toEqual(steps(0.5));
    expect(steps(0.5, 4)).not.toEqual(steps(0.5));
    // The seed determines nothing else.
    expect(steps(0, 4)).toEqual(steps(0));
    expect(steps(0)[1]).toEqual(steps(0)[0]);
  });

  test.each([[modalities], [['audio']], [[]]])(
    'leaves the view of %j unchanged and draws nothing for it',
    (observed) => {
      const { backbone, naive, random } = make(modalities, { dropout: 0.8 });
      const expected = naive.represent(observed).flat();
      const { users, items } = rankingTables(backbone, observed);
      expect(relativeError([...users, ...items], expected)).toBeLessThan(1e-5);
      tf.tidy(() => {
        const view = backbone.represent(observed, new StepScope('train'));
        expect(relativeError([...view.users().dataSync(), ...view.items().dataSync()], expected)).toBeLessThan(1e-5);
      });
      expect(Object.keys(random.save())).not.toContain('dropout');
      backbone.dispose();
    },
  );
});
