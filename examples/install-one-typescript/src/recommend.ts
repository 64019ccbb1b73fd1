import {
  distill,
  fit,
  protocols,
  Recommender,
  rankingTables,
  recallValidation,
  type Teacher,
  trainTeacher,
  uniformPairs,
} from '@balanced-rec/ckd-core';
import { synthesizeDataset } from '@balanced-rec/datasets';
import { loadEngine } from '@balanced-rec/tfjs-kernels';
import { vbpr } from '@balanced-rec/vbpr';

await loadEngine('wasm');
const data = synthesizeDataset({ userCount: 200, itemCount: 120, seed: 1 });
const validate = recallValidation({ train: data.train, heldOut: data.validation, k: 10 });
const protocol = { ...protocols.mmrec, batchSize: 512, maxEpochs: 40 };
const setup = { definition: vbpr, data, seed: 1, protocol, validate };
const teachers: Teacher[] = [];
for (const modality of data.modalities) teachers.push(await trainTeacher({ ...setup, modality }));
const { backbone } = await fit({
  ...setup,
  objective: (student, random) => distill(student, teachers, uniformPairs(data, 500, random.stream('distillation'))),
});
const test = recallValidation({ train: data.train, heldOut: data.test, k: 10 })(backbone);
console.log(`test Recall@10: ${test.score.toFixed(3)}; by chance ${(10 / data.itemCount).toFixed(3)}`);
const recommender = new Recommender({ tables: rankingTables(backbone), train: data.train });
for (const { items } of recommender.forUsers([0, 1, 2], { k: 10 })) console.log(`list: ${items.join(' ')}`);
