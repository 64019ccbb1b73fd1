import * as tf from '@tensorflow/tfjs-core';
import { describe, expect, test } from 'vitest';
import * as z from 'zod';
import { only, ParameterSet, parseView, StepScope, viewKey, without } from '../src/backbone.js';
import { parseConfig } from '../src/index.js';
import { onEachEngine } from './support/engines.js';
import { thrownBy } from './support/thrown-by.js';

describe('observed sets', () => {
  const modalities = ['video', 'audio', 'smell'];

  test('are the joint view, one modality, or all but one, in the given order', () => {
    expect(parseView('joint', modalities)).toEqual(modalities);
    expect(parseView('only:audio', modalities)).toEqual(['audio']);
    expect(parseView('without:audio', modalities)).toEqual(['video', 'smell']);
    expect(only(modalities, 'audio')).toEqual(['audio']);
    expect(without(modalities, 'audio')).toEqual(['video', 'smell']);
  });

  test('allow a colon in a modality name', () => {
    expect(parseView('only:a:b', ['a:b', 'c'])).toEqual(['a:b']);
  });

  test.each(['only:taste', 'audio', 'without:', 'just:audio', ''])('refuse the unknown view "%s"', (name) => {
    const { details } = thrownBy(() => parseView(name, modalities), 'view/unknown');
    expect(details.expected).toContain('without:smell');
    expect(details.found).toBe(name);
  });

  test('have distinct keys', () => {
    const sets = [[], ['a'], ['b'], ['a', 'b'], ['a+b'], ['a,b'], ['a","b'], ['']];
    expect(new Set(sets.map(viewKey)).size).toBe(sets.length);
    expect(viewKey(['a', 'b'])).toBe(viewKey(['a', 'b']));
  });
});

describe('StepScope', () => {
  test('computes a value once per key, even if it is undefined', () => {
    const scope = new StepScope('train');
    let computed = 0;
    const compute = () => {
      computed += 1;
      return undefined;
    };
    expect(scope.has('x')).toBe(false);
    scope.once('x', compute);
    scope.once('x', compute);
    expect(computed).toBe(1);
    expect(scope.has('x')).toBe(true);
    scope.once('y', compute);
    expect(computed).toBe(2);
  });

  test('distinguishes subjects by identity', () => {
    const scope = new StepScope('evaluate');
    const [a, b] = [Int32Array.of(1), Int32Array.of(1)];
    expect(scope.onceFor('x', a, () => 'a')).toBe('a');
    expect(scope.onceFor('x', b, () => 'b')).toBe('b');
    expect(scope.onceFor('x', a, () => 'again')).toBe('a');
    expect(scope.onceFor('y', a, () => 'y')).toBe('y');
    expect(scope.phase).toBe('evaluate');
  });
});

onEachEngine('ParameterSet', () => {
  function make(): ParameterSet {
    const parameters = new ParameterSet();
    parameters.add('kernel', tf.tensor2d([1, 2, 3, 4, 5, 6], [3, 2]));
    parameters.add('bias', tf.tensor1d([7, 8]));
    parameters.add('fixed', tf.tensor1d([9]), { trainable: false });
    return parameters;
  }

  test('keeps parameters by name, in order, and lists the trainable ones', () => {
    const parameters = make();
    expect(parameters.names).toEqual(['kernel', 'bias', 'fixed']);
    expect([...parameters.trainable.keys()]).toEqual(['kernel', 'bias']);
    expect(parameters.trainableCount).toBe(8);
    expect([...parameters.get('bias').dataSync()]).toEqual([7, 8]);
    expect(thrownBy(() => parameters.get('kernal'), 'parameters/unknown').details.expected).toContain('kernel');
    expect(thrownBy(() => parameters.add('bias', tf.tensor1d([1])), 'parameters/duplicate').message).toContain(
      '"bias"',
    );
    parameters.dispose();
  });

  test('takes ownership of the initial tensor and frees everything', () => {
    const before = tf.memory().numTensors;
    const parameters = make();
    expect(tf.memory().numTensors).toBe(before + 3);
    parameters.dispose();
    expect(tf.memory().numTensors).toBe(before);
  });

  test('a snapshot does not change, and can be restored repeatedly', () => {
    const parameters = make();
    const before = tf.memory().numTensors;
    const snapshot = parameters.snapshot();
    const overwrite = () =>
      tf.tidy(() => {
        parameters.get('kernel').assign(tf.fill([3, 2], 0));
        parameters.get('fixed').assign(tf.tensor1d([0]));
      });
    for (let k = 0; k < 2; k++) {
      overwrite();
      expect([...snapshot.get('kernel')!.values]).toEqual([1, 2, 3, 4, 5, 6]);
      parameters.restore(snapshot);
      expect([...parameters.get('kernel').dataSync()]).toEqual([1, 2, 3, 4, 5, 6]);
      expect([...parameters.get('fixed').dataSync()]).toEqual([9]);
    }
    expect(tf.memory().numTensors).toBe(before);
    parameters.dispose();
  });

  test.each([
    [
      'of a different shape',
      'kernel',
      (s: Map<string, unknown>) => s.set('kernel', { shape: [2, 3], values: new Float32Array(6) }),
    ],
    ['that is missing', 'fixed', (s: Map<string, unknown>) => s.delete('fixed')],
    [
      'that is unknown',
      'gate',
      (s: Map<string, unknown>) => s.set('gate', { shape: [1], values: new Float32Array(1) }),
    ],
  ])('refuses a parameter %s without changing anything', (_, name, damage) => {
    const parameters = make();
    const snapshot = new Map(parameters.snapshot());
    snapshot.set('bias', { shape: [2], values: Float32Array.of(0, 0) });
    damage(snapshot);
    expect(thrownBy(() => parameters.restore(snapshot), 'parameters/mismatch').details.place).toBe(name);
    expect([...parameters.get('bias').dataSync()]).toEqual([7, 8]);
    expect([...parameters.get('kernel').dataSync()]).toEqual([1, 2, 3, 4, 5, 6]);
    parameters.dispose();
  });
});

describe('parseConfig', () => {
  const schema = z.strictObject({
    width: z.number().int().positive().default(64),
    mode: z.enum(['reference', 'paper']).default('reference'),
    nested: z.strictObject({ deep: z.boolean().default(true) }).optional(),
    list: z.array(z.strictObject({ name: z.string() })).default([]),
  });
  const parse = (input: unknown) => parseConfig(schema, input, 'backbone x');

  test('fills in defaults', () => {
    expect(parse({})).toEqual({ width: 64, mode: 'reference', list: [] });
    expect(parse({ width: 2, nested: {} })).toEqual({ width: 2, mode: 'reference', list: [], nested: { deep: true } });
  });

  test.each([
    [{ widht: 3 }, 'backbone x > widht', 'did you mean "width"?', 'one of: width, mode, nested, list'],
    [{ nested: { depe: false } }, 'backbone x > nested > depe', 'did you mean "deep"?', 'one of: deep'],
    [
      { list: [{ name: 'a' }, { name: 'b', nmae: 1 }] },
      'backbone x > list > 1 > nmae',
      'did you mean "name"?',
      'one of: name',
    ],
    [{ mode: 'papre' }, 'backbone x > mode', 'did you mean "paper"?', 'one of: reference, paper'],
    [{ width: 'wide' }, 'backbone x > width', 'correct the value', 'number'],
    [
      { quite: 'unlike anything' },
      'backbone x > quite',
      'remove it, or use one of these options',
      'one of: width, mode, nested, list',
    ],
  ])('refuses %j', (input, place, remedy, expected) => {
    const { details } = thrownBy(() => parse(input), 'config/invalid');
    expect(details).toMatchObject({ place, remedy });
    expect(details.expected).toContain(expected);
  });

  test('reports what is missing, at the place that the caller gives', () => {
    const { details } = thrownBy(
      () => parseConfig(schema, { list: [{}] }, (path) => `line ${path.length}`),
      'config/invalid',
    );
    expect(details).toMatchObject({
      place: 'line 3',
      found: 'nothing',
      message: 'the option "list.0.name" is missing',
    });
  });

  test.each([null, 3, 'text', []])('refuses %j as options', (input) => {
    thrownBy(() => parse(input), 'config/invalid');
  });
});
