import { sampleData } from '@balanced-rec/backbone-testkit';
import { freezeTeacher, RandomStreams, rankingTables, rankingView, teacherTables } from '@balanced-rec/ckd-core';
import { loadEngine } from '@balanced-rec/tfjs-kernels';
import { beforeAll, expect, test } from 'vitest';
import { bm3 } from '../src/index.js';

beforeAll(async () => {
  await loadEngine('cpu');
});

test('a teacher of one modality ranks with the joint view, unlike the view of that modality', () => {
  const random = new RandomStreams(1);
  const backbone = bm3.create({ data: sampleData(['image', 'text']), config: { embeddingDim: 4 }, random });
  expect(rankingView(backbone, ['image'])).toEqual(['image', 'text']);
  const teacher = freezeTeacher(backbone, 'image');
  expect(teacherTables(teacher)).toEqual(rankingTables(backbone));
  expect(teacherTables(teacher)).not.toEqual(rankingTables(backbone, ['image']));
  teacher.dispose();
  backbone.dispose();
});
