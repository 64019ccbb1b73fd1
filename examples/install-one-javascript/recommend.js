import {
  distill,
  fit,
  protocols,
  Recommender,
  rankingTables,
  recallValidation,
  trainTeacher,
  uniformPairs,
} from '@balanced-rec/ckd-core';
import { loadEngine } from '@balanced-rec/tfjs-kernels';
import { vbpr } from '@balanced-rec/vbpr';
import { data, heldOut } from './two-tastes.js';

await loadEngine('wasm');
const validate = recallValidation({ train: data.train, heldOut, k: 10 });
const protocol = { ...protocols.mmrec, batchSize: 128, maxEpochs: 30 };
const setup = { definition: vbpr, data, seed: 1, protocol, validate };
const teachers = [];
for (const modality of Object.keys(data.features)) teachers.push(await trainTeacher({ ...setup, modality }));
const { backbone } = await fit({
  ...setup,
  objective: (student, random) => distill(student, teachers, uniformPairs(data, 100, random.stream('distillation'))),
});
const recommender = new Recommender({ tables: rankingTables(backbone), train: data.train });
const lists = recommender.forUsers([0, 1, 2, 3], { k: 10 });
for (const [user, { items }] of lists.entries()) console.log(`user ${user}: ${items.join(' ')}`);
