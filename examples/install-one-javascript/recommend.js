import {
  distill,
  embeddingTables,
  fit,
  protocols,
  Recommender,
  trainTeacher,
  uniformPairs,
} from '@balanced-rec/ckd-core';
import { loadEngine } from '@balanced-rec/tfjs-kernels';
import { vbpr } from '@balanced-rec/vbpr';
import { data, heldOut } from './two-tastes.js';

await loadEngine('wasm');
const users = heldOut.map((_, user) => user);

/** Lists of ten under a view of the model, without what users have already. */
function recommend(model, observed = model.modalities) {
  const recommender = new Recommender({ tables: embeddingTables(model, observed), train: data.train });
  const lists = recommender.forUsers(users, { k: 10 }).map(({ items }) => [...items]);
  recommender.dispose();
  return lists;
}
/** The share of what was held out that the lists have. */
function validate(model, observed) {
  const hits = recommend(model, observed).map(
    (list, user) => heldOut[user].filter((item) => list.includes(item)).length,
  );
  return { score: hits.reduce((sum, count) => sum + count) / heldOut.flat().length, metrics: {} };
}

const setup = {
  definition: vbpr,
  data,
  seed: 1,
  protocol: { ...protocols.mmrec, batchSize: 128, maxEpochs: 30 },
  validate,
};
const teachers = [];
for (const modality of Object.keys(data.features)) teachers.push(await trainTeacher({ ...setup, modality }));
const { backbone } = await fit({
  ...setup,
  objective: (student, random) => distill(student, teachers, uniformPairs(data, 100, random.stream('distillation'))),
});
for (const [user, list] of recommend(backbone).slice(0, 4).entries()) console.log(`user ${user}: ${list.join(' ')}`);
