import type { Backbone, Interactions, Teacher, Validation } from '@balanced-rec/ckd-core';
import {
  distill,
  embeddingTables,
  fit,
  protocols,
  Recommender,
  trainTeacher,
  uniformPairs,
} from '@balanced-rec/ckd-core';
import { synthesizeDataset } from '@balanced-rec/datasets';
import { loadEngine } from '@balanced-rec/tfjs-kernels';
import { vbpr } from '@balanced-rec/vbpr';

await loadEngine('wasm');
const data = synthesizeDataset({ userCount: 200, itemCount: 120, seed: 1 });
const users = Array.from({ length: data.userCount }, (_, user) => user);
const itemsOf = ({ items, offsets }: Interactions, user: number) => items.subarray(offsets[user], offsets[user + 1]);

/** Lists of ten under a view of the model, without what users have already. */
function recommend(model: Backbone, observed = model.modalities): number[][] {
  const recommender = new Recommender({ tables: embeddingTables(model, observed), train: data.train });
  const lists = recommender.forUsers(users, { k: 10 }).map(({ items }) => [...items]);
  recommender.dispose();
  return lists;
}
/** The share of a split that the lists have. */
function shareFound(split: Interactions, lists: number[][]): number {
  const found = lists.map((list, user) => itemsOf(split, user).filter((item) => list.includes(item)).length);
  return found.reduce((sum, count) => sum + count) / split.items.length;
}
function validate(model: Backbone, observed?: readonly string[]): Validation {
  return { score: shareFound(data.validation, recommend(model, observed)), metrics: {} };
}

const setup = {
  definition: vbpr,
  data,
  seed: 1,
  protocol: { ...protocols.mmrec, batchSize: 512, maxEpochs: 40 },
  validate,
};
const teachers: Teacher[] = [];
for (const modality of data.modalities) teachers.push(await trainTeacher({ ...setup, modality }));
const { backbone } = await fit({
  ...setup,
  objective: (student, random) => distill(student, teachers, uniformPairs(data, 500, random.stream('distillation'))),
});
const lists = recommend(backbone);
console.log(`found of the test split: ${shareFound(data.test, lists).toFixed(3)}`);
console.log(`by chance: ${(10 / data.itemCount).toFixed(3)}`);
for (const [user, list] of lists.slice(0, 3).entries()) console.log(`user ${user}: ${list.join(' ')}`);
