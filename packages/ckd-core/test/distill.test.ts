import * as tf from '@tensorflow/tfjs-core';
import { expect, test } from 'vitest';
import {
  type Backbone,
  type ObservedSet,
  only,
  RandomGenerator,
  StepScope,
  type Triples,
  without,
} from '../src/backbone.js';
import type { DistillationOptions } from '../src/distillation/distill.js';
import {
  type DistillationOverrides,
  distill,
  distillationSchema,
  freezeTeacher,
  lossGradients,
  objectiveOf,
  rankingTables,
  type Teacher,
  teacherFromTables,
  wholeGradients,
} from '../src/index.js';
import { smallBatch } from './support/data.js';
import { onEachEngine } from './support/engines.js';
import { type NaiveStep, naiveStep } from './support/naive-distillation.js';
import { naiveMargins } from './support/naive-margins.js';
import { expectClose } from './support/numbers.js';
import { makeSmall } from './support/small-backbone.js';
import { thrownBy } from './support/thrown-by.js';

/** Relative tolerance at the paper's temperature of 0.1: where the sigmoid saturates, 1 - q loses most of its precision in float32. */
const SATURATED = 3e-4;

const batch = smallBatch(24, 1);
const pairs = smallBatch(40, 2);
const options = (overrides: DistillationOverrides): DistillationOptions => distillationSchema.parse(overrides);

interface Case {
  readonly student: Backbone;
  readonly teachers: readonly Teacher[];
  dispose(): void;
}

/** Parameters far enough from zero that margins differ clearly between views. */
function make(modalities: string[]): Case {
  const student = makeSmall(modalities, 1);
  const teachers = modalities.map((m, k) => {
    const model = makeSmall(modalities, 50 + k);
    const teacher = freezeTeacher(model, m);
    model.dispose();
    return teacher;
  });
  return {
    student,
    teachers,
    dispose: () => {
      student.dispose();
      for (const teacher of teachers) teacher.dispose();
    },
  };
}

/** The step computed in double precision from the whole tables of every view. */
function naive({ student, teachers }: Case, settings: DistillationOptions, weights?: NaiveStep['weights']): NaiveStep {
  const { modalities } = student;
  const view = (observed: ObservedSet, triples: Triples) => naiveMargins(rankingTables(student, observed), triples);
  const teacher = (m: string, triples: Triples) => {
    const { users, items } = teachers.find(({ modality }) => modality === m)!;
    const tables = { users: users.dataSync<'float32'>(), items: items.dataSync<'float32'>() };
    return naiveMargins({ dimension: users.shape[1], ...tables }, triples);
  };
  const each = (value: (m: string) => Float64Array) => Object.fromEntries(modalities.map((m) => [m, value(m)]));
  return naiveStep(
    {
      joint: view(modalities, batch),
      only: each((m) => view(only(modalities, m), batch)),
      without: each((m) => view(without(modalities, m), batch)),
      teacher: each((m) => teacher(m, batch)),
    },
    { only: each((m) => view(only(modalities, m), pairs)), teacher: each((m) => teacher(m, pairs)) },
    settings,
    weights,
  );
}

/** Our step as numbers. */
function ours({ student, teachers }: Case, overrides: DistillationOverrides) {
  return tf.tidy(() => {
    const step = distill(student, teachers, () => pairs, overrides).distillation(batch, pairs, new StepScope('train'));
    const numbers = (tensors?: Readonly<Record<string, tf.Tensor>>) =>
      tensors && Object.fromEntries(Object.entries(tensors).map(([m, x]) => [m, [...x.dataSync()]]));
    return {
      coefficients: numbers(step.coefficients)!,
      weights: numbers(step.weights)!,
      specific: numbers(step.specific),
      generic: numbers(step.generic),
      loss: step.loss.dataSync()[0]!,
    };
  });
}

const modalitySets = [
  ['image', 'text'],
  ['video', 'audio', 'smell'],
];

onEachEngine('distill', () => {
  test.each(modalitySets.map((m) => [m]))('over %j matches the definition', (modalities) => {
    const it = make(modalities);
    const overrides = { kdRatio: 0.3, lambda: 2, temperature: 0.4 };
    const [found, expected] = [ours(it, overrides), naive(it, options(overrides))];
    for (const m of modalities) {
      // A coefficient is a ratio of small differences.
      expectClose(found.coefficients[m]!, expected.coefficients[m]!, 1e-3);
      expectClose(found.weights[m]!, expected.weights[m]!, 1e-3);
      expectClose(found.specific![m]!, expected.specific[m]!, 1e-5);
      expectClose(found.generic![m]!, [expected.generic[m]!], 1e-5);
      expect(Math.max(...found.specific![m]!)).toBeGreaterThan(0);
    }
    expectClose([found.loss], [expected.loss], 1e-4);
    it.dispose();
  });

  test("uses the paper's hyperparameters by default", () => {
    expect(options({})).toEqual({
      kdRatio: 0.01,
      lambda: 5,
      temperature: 0.1,
      pairsPerStep: 5000,
      specific: true,
      generic: true,
      reweighting: true,
    });
    const it = make(['image', 'text']);
    expectClose([ours(it, {}).loss], [naive(it, options({})).loss], SATURATED);
    it.dispose();
  });

  test('each ablation changes only its own term', () => {
    const it = make(['image', 'text']);
    const full = ours(it, {});
    const noSpecific = ours(it, { specific: false });
    expect(noSpecific).toEqual({ ...full, specific: undefined, loss: noSpecific.loss });
    const noGeneric = ours(it, { generic: false });
    expect(noGeneric).toEqual({ ...full, generic: undefined, loss: noGeneric.loss });
    const noReweighting = ours(it, { reweighting: false });
    const ones = batch.users.length;
    const weights = { image: new Array(ones).fill(1), text: new Array(ones).fill(1) };
    expect(noReweighting).toEqual({ ...full, weights, loss: noReweighting.loss });
    for (const [found, overrides] of [
      [noSpecific, { specific: false }],
      [noGeneric, { generic: false }],
      [noReweighting, { reweighting: false }],
      [ours(it, { specific: false, reweighting: false }), { specific: false, reweighting: false }],
      [ours(it, { lambda: 0 }), { lambda: 0 }],
    ] as const) {
      expectClose([found.loss], [naive(it, options(overrides)).loss], SATURATED);
      expect(Math.abs(found.loss / full.loss - 1)).toBeGreaterThan(5 * SATURATED);
    }
    // The two parts add up.
    expect(noSpecific.loss + noGeneric.loss).toBeCloseTo(full.loss, 6);
    it.dispose();
  });

  test("without both terms, only the backbone's own objective is left", () => {
    const it = make(['image', 'text']);
    const distilled = distill(it.student, it.teachers, () => pairs, { specific: false, generic: false });
    tf.tidy(() => {
      const [found, plain] = [lossGradients(distilled, batch), lossGradients(objectiveOf(it.student), batch)];
      expect(found.terms.distillation!.dataSync()[0]).toBe(0);
      expect(found.total.dataSync()[0]).toBe(plain.total.dataSync()[0]);
      const [ours, theirs] = [found, plain].map((step) => wholeGradients(step.gradients, it.student.parameters));
      for (const [name, gradient] of theirs!) {
        expectClose(ours!.get(name)!.dataSync(), gradient.dataSync(), 1e-6);
      }
    });
    it.dispose();
  });

  test("the total is the sum of the backbone's terms and the distillation, and measures break it down", () => {
    const it = make(['image', 'text']);
    const objective = distill(it.student, it.teachers, () => pairs, { kdRatio: 0.3 });
    const step = ours(it, { kdRatio: 0.3 });
    tf.tidy(() => {
      const { terms, measures = {}, total } = lossGradients(objective, batch);
      const plain = it.student.loss(batch, it.student.modalities, new StepScope('train'));
      const value = (x: tf.Tensor) => x.dataSync()[0]!;
      expect(Object.keys(terms)).toEqual(['bpr', 'regularizer', 'distillation']);
      expect(value(terms.bpr!)).toBeCloseTo(value(plain.bpr!), 6);
      expect(value(terms.regularizer!)).toBeCloseTo(value(plain.regularizer!), 8);
      expect(value(terms.distillation!)).toBeCloseTo(step.loss, 6);
      expect(value(total)).toBeCloseTo(
        Object.values(terms).reduce((sum, term) => sum + value(term), 0),
        5,
      );
      const mean = (values: number[]) => values.reduce((a, b) => a + b) / values.length;
      expect(Object.keys(measures).sort()).toEqual(
        ['generic', 'specific', 'weight'].flatMap((part) => [`${part}.image`, `${part}.text`]),
      );
      for (const m of ['image', 'text']) {
        expect(value(measures[`weight.${m}`]!)).toBeCloseTo(mean(step.weights[m]!), 5);
        expect(value(measures[`specific.${m}`]!)).toBeCloseTo(mean(step.specific![m]!), 5);
        expect(value(measures[`generic.${m}`]!)).toBeCloseTo(step.generic![m]![0]!, 5);
      }
    });
    it.dispose();
  });

  test.each(modalitySets.map((m) => [m]))(
    'over %j, the gradient is that of the whole objective with the weights held fixed',
    (modalities) => {
      const it = make(modalities);
      const overrides = { kdRatio: 1, lambda: 2, temperature: 0.5 };
      const settings = options(overrides);
      const { weights } = naive(it, settings);
      const lossAt = () => {
        const own = tf.tidy(() => {
          const terms = it.student.loss(batch, modalities, new StepScope('train'));
          return Object.values(terms).reduce((sum, term) => sum + term.dataSync()[0]!, 0);
        });
        return own + naive(it, settings, weights).loss;
      };
      const objective = distill(it.student, it.teachers, () => pairs, overrides);
      const gradients: Record<string, Float32Array> = {};
      tf.tidy(() => {
        for (const [name, g] of wholeGradients(lossGradients(objective, batch).gradients, it.student.parameters))
          gradients[name] = g.dataSync<'float32'>().slice();
      });
      expect(Object.keys(gradients).sort()).toEqual([...it.student.parameters.names].sort());
      const random = new RandomGenerator([3, 3, 3, 3]);
      for (const [name, gradient] of Object.entries(gradients)) {
        const norm = (x: Float32Array) => Math.sqrt(x.reduce((sum, v) => sum + v * v, 0));
        for (const direction of [gradient, gradient.map(() => random.normal())]) {
          const unit = direction.map((v) => v / norm(direction));
          const along = unit.reduce((sum, v, k) => sum + v * gradient[k]!, 0);
          const variable = it.student.parameters.get(name);
          const before = variable.dataSync<'float32'>().slice();
          const moved = (distance: number) => {
            const set = (values: Float32Array) =>
              tf.tidy(() => void variable.assign(tf.tensor(values, variable.shape)));
            set(before.map((v, k) => v + distance * unit[k]!));
            const loss = lossAt();
            set(before);
            return loss;
          };
          // A long step may cross the hinge's kink; a short one is lost in rounding errors.
          const errors = [1e-2, 3e-3, 1e-3].map((h) => Math.abs((moved(h) - moved(-h)) / (2 * h) - along));
          expect(Math.min(...errors), name).toBeLessThan(5e-3 * norm(gradient));
        }
      }
      it.dispose();
    },
  );

  test('would have a different gradient if the weights were not held fixed', () => {
    const it = make(['image', 'text']);
    const settings = options({ kdRatio: 1, lambda: 2, temperature: 0.5 });
    const { weights } = naive(it, settings);
    const variable = it.student.parameters.get('user.image');
    tf.tidy(() => void variable.assign(tf.mul(variable, 1.3)));
    // Otherwise the test above would prove nothing.
    expect(Math.abs(naive(it, settings).loss / naive(it, settings, weights).loss - 1)).toBeGreaterThan(1e-3);
    it.dispose();
  });

  test('draws new pairs for every step', () => {
    const it = make(['image', 'text']);
    const drawn = [smallBatch(40, 2), smallBatch(40, 3), smallBatch(40, 4)];
    let step = 0;
    const objective = distill(it.student, it.teachers, () => drawn[step++]!);
    const losses = drawn.map(() =>
      tf.tidy(() => objective.loss(batch, new StepScope('train')).terms.distillation!.dataSync()[0]!),
    );
    expect(step).toBe(3);
    expect(new Set(losses).size).toBe(3);
    it.dispose();
  });

  test('accepts teachers in any order and does not train them', () => {
    const it = make(['image', 'text']);
    const reversed = { ...it, teachers: [...it.teachers].reverse() };
    expect(ours(reversed, {})).toEqual(ours(it, {}));
    const objective = distill(it.student, it.teachers, () => pairs);
    expect(objective.parameters).toBe(it.student.parameters);
    it.dispose();
  });

  test('a frozen teacher outlives its backbone and is the same when loaded from stored tables', () => {
    const before = tf.memory().numTensors;
    const model = makeSmall(['image', 'text'], 9);
    const tables = rankingTables(model, ['text']);
    const frozen = freezeTeacher(model, 'text');
    model.dispose();
    const stored = teacherFromTables('text', tables);
    expect(frozen.users.shape).toEqual([30, 12]);
    expect([...frozen.users.dataSync()]).toEqual([...stored.users.dataSync()]);
    expect([...frozen.items.dataSync()]).toEqual([...stored.items.dataSync()]);
    frozen.dispose();
    stored.dispose();
    expect(tf.memory().numTensors).toBe(before);
  });

  test.each([
    ['none', [], 'none', 'train a teacher for image, text'],
    ['one too few', ['image'], 'image', 'train a teacher for text'],
    ['a duplicate', ['image', 'image'], 'image, image', 'train a teacher for text'],
    ['one for a modality that the student lacks', ['image', 'audio'], 'image, audio', 'train a teacher for text'],
    ['one too many', ['image', 'text', 'audio'], 'image, text, audio', 'pass one teacher per modality'],
  ])('refuses teachers that do not match: %s', (_, names, found, remedy) => {
    const it = make(['image', 'text']);
    const teachers = names.map((modality) => ({ ...it.teachers[0]!, modality }));
    const { details } = thrownBy(() => distill(it.student, teachers, () => pairs), 'distill/teachers');
    expect(details).toMatchObject({ expected: 'one teacher for each of: image, text', found, remedy });
    it.dispose();
  });

  test('refuses a backbone with one modality, and invalid options', () => {
    const it = make(['image', 'text']);
    const single = makeSmall(['image']);
    const { details } = thrownBy(() => distill(single, [it.teachers[0]!], () => pairs), 'distill/one-modality');
    expect(details.found).toBe('image');
    single.dispose();
    const bad = (overrides: object) =>
      thrownBy(() => distill(it.student, it.teachers, () => pairs, overrides), 'config/invalid');
    expect(bad({ lamda: 1 }).details.remedy).toContain('"lambda"');
    expect(bad({ temperature: 0 }).details.place).toBe('distillation > temperature');
    expect(bad({ kdRatio: -1 }).details.place).toBe('distillation > kdRatio');
    expect(bad({ pairsPerStep: 1.5 }).details.place).toBe('distillation > pairsPerStep');
    expect(bad({ specific: 'yes' }).details.place).toBe('distillation > specific');
    it.dispose();
  });
});
