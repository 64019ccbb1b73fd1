import { describe, expect, test } from 'vitest';
import { queueName } from '../../src/queue/notice.js';
import { readRunTask } from '../../src/queue/run-task.js';

describe('what a worker reads from the queue', () => {
  const task = {
    format: 1,
    id: 'tiny--vbpr--plain--s1',
    settings: {
      dataset: { name: 'tiny', modalities: ['image'], hash: 'a'.repeat(64) },
      backbone: { name: 'vbpr', config: {} },
      variant: 'plain',
      seed: 1,
      protocol: {
        ...{
          name: 'mmrec',
          sampler: 'mmrec',
          batchSize: 1,
          learningRate: 1,
          evaluateEvery: 1,
          patience: 1,
          maxEpochs: 1,
        },
      },
      distillation: {},
      modulation: {},
      measured: { metrics: ['recall'], cutoffs: [20] },
      engine: 'wasm',
    },
    teachers: [],
    checkpointSeconds: 30,
  };
  const { settings } = task;

  test('is a task as it was written, without defaults filled in', () => {
    expect(readRunTask(structuredClone(task))).toEqual(task);
  });

  test.each([
    ['nothing', null],
    ['another id', { ...task, id: 'tiny--vbpr--plain--s2' }],
    ['a path as id', { ...task, id: '../../etc/passwd' }],
    ['a path of a dataset', { ...task, settings: { ...settings, dataset: { ...settings.dataset, path: '/etc' } } }],
    ['a folder to write to', { ...task, out: '/' }],
    ['a teacher of another folder', { ...task, teachers: ['../x'] }],
    ['another format', { ...task, format: 2 }],
    ['an unknown engine', { ...task, settings: { ...settings, engine: 'auto' } }],
    ['a trial of another run', { ...task, id: 'other--backbone-1', trial: { values: {} } }],
  ])('is refused with %s', (_, payload) => {
    expect(() => readRunTask(payload)).toThrow(expect.objectContaining({ code: 'queue/bad-task' }));
  });

  test('names its queue by the id of the comparison', () => {
    expect(queueName({ id: 'abc' })).toBe('comparison-abc');
  });
});
