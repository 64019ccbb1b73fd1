import {
  type Backbone,
  distill,
  fit,
  protocols,
  type Teacher,
  trainTeacher,
  uniformPairs,
} from '@balanced-rec/ckd-core';
import { readDataset } from '@balanced-rec/datasets';
import { evaluateBackbone } from '@balanced-rec/eval';
import { loadEngine } from '@balanced-rec/tfjs-kernels';
import { vbpr } from '@balanced-rec/vbpr';

await loadEngine('auto');
const data = await readDataset('examples/data/planted');
const setup = { definition: vbpr, data, seed: 1, protocol: { ...protocols.mmrec, batchSize: 512, maxEpochs: 40 } };
const measure = (model: Backbone, observed = model.modalities, split = data.validation) =>
  evaluateBackbone(model, observed, data, split, { metrics: ['recall'], cutoffs: [20] }).mean['recall@20']!;
const validate = (model: Backbone, observed?: readonly string[]) => ({ score: measure(model, observed), metrics: {} });

const teachers: Teacher[] = [];
for (const modality of data.modalities) teachers.push(await trainTeacher({ ...setup, modality, validate }));
const { backbone } = await fit({
  ...setup,
  validate,
  objective: (student, random) => distill(student, teachers, uniformPairs(data, 1000, random.stream('distillation'))),
});
console.log(`test Recall@20 ${measure(backbone, backbone.modalities, data.test).toFixed(4)}`);
