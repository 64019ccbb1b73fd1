import * as tf from '@tensorflow/tfjs-core';
import { describe, expect, test, vi } from 'vitest';
import {
  type Backbone,
  createSampler,
  type EpochEvent,
  lossGradients,
  type Objective,
  objectiveOf,
  protocolSchema,
  protocols,
  RandomStreams,
  type TrainOptions,
  train,
} from '../src/index.js';
import { EarlyStopping } from '../src/training/early-stopping.js';
import { smallBatch, smallData } from './support/data.js';
import { onEachEngine } from './support/engines.js';
import { makeSmall } from './support/small-backbone.js';
import { rejectionOf } from './support/thrown-by.js';

describe('EarlyStopping', () => {
  test.each([0, 1, 3])(
    'with patience %i tolerates that many evaluations without a better score, and no more',
    (patience) => {
      const stopping = new EarlyStopping(patience);
      expect(stopping.observe(0.5)).toBe(true);
      for (let k = 0; k < patience; k++) {
        expect(stopping.observe(0.4)).toBe(false);
        expect(stopping.exhausted).toBe(false);
      }
      stopping.observe(0.4);
      expect(stopping.exhausted).toBe(true);
    },
  );

  test('does not count a tie as better; restarts the count at a better score', () => {
    const stopping = new EarlyStopping(1);
    stopping.observe(0.5);
    expect(stopping.observe(0.5)).toBe(false);
    expect(stopping.exhausted).toBe(false);
    expect(stopping.observe(0.6)).toBe(true);
    expect(stopping.bestScore).toBe(0.6);
    stopping.observe(0.6);
    expect(stopping.exhausted).toBe(false);
    stopping.observe(0.1);
    expect(stopping.exhausted).toBe(true);
    expect(stopping.bestScore).toBe(0.6);
  });

  test('accepts any first score, including zero and below', () => {
    expect(new EarlyStopping(0).observe(0)).toBe(true);
    expect(new EarlyStopping(0).observe(-3)).toBe(true);
  });
});

test('both protocols match their schema', () => {
  for (const protocol of Object.values(protocols)) expect(protocolSchema.parse(protocol)).toEqual(protocol);
});

onEachEngine('train', () => {
  interface Setup {
    readonly scores?: readonly number[];
    readonly protocol?: Partial<TrainOptions['protocol']>;
    readonly objective?: (backbone: Backbone) => Objective;
    readonly onEvent?: (event: EpochEvent) => void;
    readonly signal?: AbortSignal;
  }

  /** Trains a small backbone with prescribed validation scores and records the parameters at each evaluation. */
  function start({ scores = [1], protocol = {}, objective = objectiveOf, onEvent, signal }: Setup) {
    const backbone = makeSmall();
    const random = new RandomStreams(1);
    const sampler = createSampler('mmrec', { data: smallData(), batchSize: 32, random: random.stream('sampling') });
    const seen: number[][] = [];
    const result = train({
      objective: objective(backbone),
      sampler,
      random,
      protocol: { learningRate: 0.01, evaluateEvery: 1, patience: 2, maxEpochs: 50, ...protocol },
      validate: () => {
        seen.push(valuesOf(backbone));
        return { score: scores[seen.length - 1] ?? 0, metrics: { evaluation: seen.length } };
      },
      ...(onEvent ? { onEvent } : {}),
      ...(signal ? { signal } : {}),
    });
    return { backbone, sampler, seen, result };
  }

  const valuesOf = (backbone: Backbone) => [...backbone.parameters.snapshot().values()].flatMap((p) => [...p.values]);

  test.each(['backbone', 'constant', undefined] as const)(
    "follows the backbone's learning rate schedule if the protocol says so: %s",
    async (learningRateSchedule) => {
      const { backbone, result, seen } = start({
        objective: (backbone) => ({ ...objectiveOf(backbone), learningRateFactor: (epoch) => (epoch <= 2 ? 1 : 0) }),
        protocol: { maxEpochs: 4, patience: 4, ...(learningRateSchedule ? { learningRateSchedule } : {}) },
      });
      await result;
      expect(seen[1]).not.toEqual(seen[0]);
      if (learningRateSchedule === 'backbone') expect(seen[3]).toEqual(seen[1]);
      else expect(seen[3]).not.toEqual(seen[1]);
      backbone.dispose();
    },
  );

  test('stops after patience + 1 evaluations without a better score and restores the best', async () => {
    const { backbone, seen, result } = start({ scores: [1, 3, 2, 3, 2.9] });
    const { bestEpoch, best, epochs, stoppedBy, history } = await result;
    expect({ bestEpoch, epochs, stoppedBy }).toEqual({ bestEpoch: 2, epochs: 5, stoppedBy: 'patience' });
    expect(best).toEqual({ score: 3, metrics: { evaluation: 2 } });
    expect(history.map(({ epoch, validation }) => [epoch, validation?.score])).toEqual([
      [1, 1],
      [2, 3],
      [3, 2],
      [4, 3],
      [5, 2.9],
    ]);
    expect(valuesOf(backbone)).toEqual(seen[1]);
    expect(seen[4]).not.toEqual(seen[1]);
    backbone.dispose();
  });

  test('evaluates at the given interval and after the last epoch', async () => {
    const { backbone, seen, result } = start({
      scores: [1, 2, 3],
      protocol: { evaluateEvery: 3, maxEpochs: 7 },
    });
    const { bestEpoch, stoppedBy, history } = await result;
    expect(history.filter(({ validation }) => validation).map(({ epoch }) => epoch)).toEqual([3, 6, 7]);
    expect({ bestEpoch, stoppedBy }).toEqual({ bestEpoch: 7, stoppedBy: 'maxEpochs' });
    expect(valuesOf(backbone)).toEqual(seen[2]);
    backbone.dispose();
  });

  test('reports every epoch: its mean losses and the best so far', async () => {
    const events: EpochEvent[] = [];
    const onEvent = (event: EpochEvent) => events.push(event);
    const { backbone, result } = start({
      scores: [1, 3, 2],
      protocol: { evaluateEvery: 2, maxEpochs: 6, learningRate: 0.02 },
      onEvent,
    });
    const { history } = await result;
    expect(
      events.map(({ type, epoch, bestEpoch, bestScore, maxEpochs }) => ({
        type,
        epoch,
        bestEpoch,
        bestScore,
        maxEpochs,
      })),
    ).toEqual(
      [
        [1, 0, Number.NEGATIVE_INFINITY],
        [2, 2, 1],
        [3, 2, 1],
        [4, 4, 3],
        [5, 4, 3],
        [6, 4, 3],
      ].map(([epoch, bestEpoch, bestScore]) => ({ type: 'epoch', epoch, bestEpoch, bestScore, maxEpochs: 6 })),
    );
    expect(events.map(({ losses, measures, validation }) => ({ losses, measures, validation }))).toEqual(
      history.map(({ losses, measures, validation }) => ({ losses, measures, validation })),
    );
    expect(Object.keys(events[0]!.losses)).toEqual(['bpr', 'regularizer']);
    const bpr = events.map(({ losses }) => losses.bpr!);
    expect(bpr[0]).toBeGreaterThan(0.5);
    expect(bpr[0]).toBeLessThan(0.8);
    // It learns.
    expect(bpr[5]).toBeLessThan(bpr[0]! - 0.03);
    backbone.dispose();
  });

  test('averages terms and measures over the steps and announces each epoch before its first step', async () => {
    const log: string[] = [];
    let step = 0;
    const { backbone, sampler, result } = start({
      protocol: { maxEpochs: 2 },
      objective: ({ parameters }) => ({
        parameters,
        beginEpoch: (epoch, random) => log.push(`epoch ${epoch} of seed ${random.seed}`),
        loss: () => {
          log.push('step');
          step += 1;
          const reached = tf.mul(tf.sum(parameters.get('user.id')), 0);
          return {
            terms: { a: tf.add(reached, step) as tf.Scalar, b: tf.scalar(2) },
            measures: { m: tf.scalar(10 * step) },
          };
        },
      }),
    });
    const { history } = await result;
    const n = sampler.steps;
    expect(history.map(({ losses, measures }) => ({ losses, measures }))).toEqual(
      [(n + 1) / 2, n + (n + 1) / 2].map((mean) => ({ losses: { a: mean, b: 2 }, measures: { m: 10 * mean } })),
    );
    const steps = Array.from({ length: n }, () => 'step');
    expect(log).toEqual(['epoch 1 of seed 1', ...steps, 'epoch 2 of seed 1', ...steps]);
    backbone.dispose();
  });

  test('lossGradients leaves nothing behind after the surrounding tidy', () => {
    const backbone = makeSmall();
    const before = tf.memory().numTensors;
    let total = 0;
    tf.tidy(() => {
      const { terms, total: sum, gradients } = lossGradients(objectiveOf(backbone), smallBatch());
      expect([...gradients.keys()].sort()).toEqual([...backbone.parameters.names].sort());
      expect(terms.bpr!.dataSync()[0]! + terms.regularizer!.dataSync()[0]!).toBeCloseTo(sum.dataSync()[0]!, 6);
      total = sum.dataSync()[0]!;
    });
    expect(total).toBeGreaterThan(0);
    expect(tf.memory().numTensors).toBe(before);
    backbone.dispose();
  });

  test('an abort between steps rejects with its reason and leaves no tensor behind', async () => {
    const before = tf.memory().numTensors;
    const controller = new AbortController();
    const reason = new Error('enough');
    let steps = 0;
    const { backbone, result } = start({
      signal: controller.signal,
      objective: (model) => {
        const plain = objectiveOf(model);
        return {
          ...plain,
          loss: (batch, scope) => {
            steps += 1;
            if (steps === 8) controller.abort(reason);
            return plain.loss(batch, scope);
          },
        };
      },
    });
    await expect(result).rejects.toBe(reason);
    expect(steps).toBe(8);
    backbone.dispose();
    expect(tf.memory().numTensors).toBe(before);
  });

  test('an abort before the start takes no step', async () => {
    const { backbone, seen, result } = start({ signal: AbortSignal.abort(new Error('never mind')) });
    await expect(result).rejects.toThrow('never mind');
    expect(seen).toEqual([]);
    backbone.dispose();
  });

  test('timers can abort it, however short the epochs are', async () => {
    // With this clock, a step takes a millisecond or two, and an epoch much less than the trainer's interval between breaths.
    let now = 0;
    const clock = vi.spyOn(performance, 'now').mockImplementation(() => {
      now += 1;
      return now;
    });
    const controller = new AbortController();
    setTimeout(() => controller.abort(new Error('time is up')));
    const { backbone, seen, result } = start({
      signal: controller.signal,
      protocol: { maxEpochs: 100, patience: 100 },
    });
    await expect(result).rejects.toThrow('time is up');
    expect(seen.length).toBeLessThan(30);
    clock.mockRestore();
    backbone.dispose();
  });

  test('divergence throws an error that names the epoch and the term, and leaves no tensor behind', async () => {
    const before = tf.memory().numTensors;
    const { backbone, result } = start({ protocol: { learningRate: 1e30 } });
    const { details } = await rejectionOf(result, 'training/diverged');
    expect(details.place).toMatch(/^epoch 1, step \d+$/);
    expect(details.found).toMatch(/^(bpr|regularizer) = (NaN|Infinity)$/);
    expect(details.remedy).toContain('learning rate');
    backbone.dispose();
    expect(tf.memory().numTensors).toBe(before);
  });

  test('any non-finite term is named, with its epoch and step', async () => {
    let epoch = 0;
    const { backbone, result } = start({
      scores: [1, 2, 3],
      objective: (model) => {
        const plain = objectiveOf(model);
        return {
          ...plain,
          beginEpoch: (now) => {
            epoch = now;
          },
          loss: (batch, scope) => {
            const { terms } = plain.loss(batch, scope);
            return { terms: { ...terms, mine: tf.scalar(epoch === 3 ? Number.NaN : 0) } };
          },
        };
      },
    });
    const { details } = await rejectionOf(result, 'training/diverged');
    expect(details).toMatchObject({ place: 'epoch 3, step 1', found: 'mine = NaN' });
    backbone.dispose();
  });

  test.each([Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY])(
    'a validation score of %d counts as divergence',
    async (score) => {
      const { backbone, result } = start({ scores: [1, score] });
      const { details } = await rejectionOf(result, 'training/diverged');
      expect(details).toMatchObject({ place: 'epoch 2', found: `validation score = ${score}` });
      backbone.dispose();
    },
  );
});
