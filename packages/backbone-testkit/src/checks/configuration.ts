import assert from 'node:assert/strict';
import { RandomStreams, type TrainingData } from '@balanced-rec/ckd-core';
import { BalancedRecError } from '@balanced-rec/errors';
import * as tf from '@tensorflow/tfjs-core';
import { sampleData } from '../subject/sample-data.js';
import type { Check, Subject } from '../subject/subject.js';

const modalities = ['image', 'text'];

export const configurationChecks: readonly Check[] = [
  {
    name: 'defaults are filled in and overrides are kept',
    run: (subject) =>
      subject.with(modalities, ({ backbone }) => {
        assert.deepEqual(backbone.config, { ...subject.definition.parseConfig(), ...subject.config });
        assert.equal(backbone.name, subject.definition.name);
      }),
  },
  {
    name: 'an unknown option is refused with a suggestion of the nearest one',
    run: (subject) => {
      for (const key of Object.keys(subject.definition.parseConfig())) {
        const slip = `${key.slice(0, -1)}_`;
        const { details } = refusal(subject, { config: { [slip]: 1 } }, 'config/invalid');
        assert.equal(details.found, slip);
        assert.ok(details.place!.includes(slip) && details.place!.includes(subject.definition.name), details.place);
        assert.ok(details.remedy!.includes(`"${key}"`), details.remedy);
      }
    },
  },
  {
    name: 'an option of the wrong type is refused, naming the option',
    run: (subject) => {
      for (const key of Object.keys(subject.definition.parseConfig())) {
        const { details } = refusal(subject, { config: { [key]: { of: [] } } }, 'config/invalid');
        assert.ok(details.place!.includes(key), details.place);
      }
    },
  },
  {
    name: 'features with too few rows are refused, naming the modality',
    run: (subject) => {
      const data = sampleData(modalities);
      const { rows, columns, values } = data.features.text!;
      const short = { rows: rows - 1, columns, values: values.subarray(columns) };
      const { details } = refusal(
        subject,
        { data: { ...data, features: { ...data.features, text: short } } },
        'data/feature-rows',
      );
      assert.ok(details.place!.includes('text'), details.place);
      assert.ok(details.expected!.includes(String(rows)) && details.found!.includes(String(rows - 1)));
    },
  },
  {
    name: 'a modality that the data lacks is refused, and so is an empty list of modalities',
    run: (subject) => {
      const { details } = refusal(subject, { modalities: ['image', 'taste'] }, 'data/missing-features');
      assert.equal(details.found, 'taste');
      assert.ok(details.expected!.includes('text'), details.expected);
      refusal(subject, { modalities: [] }, 'data/no-modality');
    },
  },
];

interface BadOptions {
  readonly config?: unknown;
  readonly data?: TrainingData;
  readonly modalities?: readonly string[];
}

/** The error from creating the backbone with invalid options; it must leave no tensor behind. */
function refusal(subject: Subject, bad: BadOptions, code: string): BalancedRecError {
  const before = tf.memory().numTensors;
  try {
    const options = { data: sampleData(modalities), config: subject.config, random: new RandomStreams(1), ...bad };
    subject.definition.create(options).dispose();
  } catch (error) {
    assert.ok(error instanceof BalancedRecError, String(error));
    assert.equal(error.code, code);
    assert.equal(tf.memory().numTensors, before);
    return error;
  }
  return assert.fail(`expected ${code}`);
}
