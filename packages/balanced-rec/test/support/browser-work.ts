import { bm3 } from '@balanced-rec/bm3';
import {
  type Backbone,
  type BackboneDefinition,
  distill,
  fetchCheckpoint,
  fetchTrainingData,
  fit,
  openBackbone,
  protocols,
  type RankingTables,
  Recommender,
  rankingTables,
  type TrainingData,
  trainTeacher,
  uniformPairs,
} from '@balanced-rec/ckd-core';
import { decodeMixedSafetensors, type StoredTrainingData } from '@balanced-rec/ckd-core/format';
import { BalancedRecError } from '@balanced-rec/errors';
import { freedom } from '@balanced-rec/freedom';
import { grcn } from '@balanced-rec/grcn';
import { lattice } from '@balanced-rec/lattice';
import { mmgcn } from '@balanced-rec/mmgcn';
import { loadEngine } from '@balanced-rec/tfjs-kernels';
import { vbpr } from '@balanced-rec/vbpr';

// Bundled for a page and also run in Node.js: both must return the same numbers.

export { loadEngine };

const definitions: Readonly<Record<string, BackboneDefinition>> = { vbpr, mmgcn, grcn, lattice, bm3, freedom };

/** The lists of all users under a view, from an exported folder at an address. */
export async function listsUnder(folder: string, observed: readonly string[]) {
  const checkpoint = await fetchCheckpoint(folder);
  const data = await fetchTrainingData(`${folder}/training-data.safetensors`);
  const backbone = openBackbone(vbpr, checkpoint, data);
  const tables = rankingTables(backbone, observed);
  backbone.dispose();
  return listsOf(tables, data);
}

/** The lists of all users from exported tables, without the backbone. */
export async function listsOfTables(folder: string) {
  const data = await fetchTrainingData(`${folder}/browser/training-data.safetensors`);
  const file = `${folder}/embeddings.safetensors`;
  const arrays = decodeMixedSafetensors(new Uint8Array(await (await fetch(file)).arrayBuffer()), file);
  const [users, items] = [arrays.get('users')!, arrays.get('items')!];
  const tables = {
    dimension: users.shape[1]!,
    users: users.values as Float32Array,
    items: items.values as Float32Array,
  };
  return listsOf(tables, data);
}

function listsOf(tables: RankingTables, data: StoredTrainingData) {
  const recommender = new Recommender({ tables, train: data.train, seen: data.seen });
  const lists = recommender.forUsers([...Array(data.userCount).keys()], { k: 10 });
  recommender.dispose();
  return lists.map(({ basis, items, scores }, user) => ({
    user: data.users.idOf(user),
    basis,
    items: Array.from(items, (item) => data.items.idOf(item)),
    scores: [...scores],
  }));
}

/** Every parameter of a backbone trained for two epochs on an exported folder's data, plain or with CKD. */
export async function parametersTrained(folder: string, name: string, variant: 'plain' | 'ckd') {
  const data: TrainingData = await fetchTrainingData(`${folder}/training-data.safetensors`);
  const protocol = { ...protocols.mmrec, batchSize: 64, maxEpochs: 2 };
  const validate = () => ({ score: 0, metrics: {} });
  const options = { definition: definitions[name]!, data, config: { embeddingDim: 4 }, seed: 1, protocol, validate };
  if (variant === 'plain') return parametersOf((await fit(options)).backbone);
  const teachers = await Promise.all(
    Object.keys(data.features).map((modality) => trainTeacher({ ...options, modality, validate })),
  );
  const { backbone } = await fit({
    ...options,
    objective: (student, random) => distill(student, teachers, uniformPairs(data, 100, random.stream('distillation'))),
  });
  for (const teacher of teachers) teacher.dispose();
  return parametersOf(backbone);
}

function parametersOf(backbone: Backbone) {
  const values = [...backbone.parameters.snapshot()].map(([name, { values }]) => [name, ...values]);
  backbone.dispose();
  return values;
}

/** The error's details, or `none`. */
export async function faultOf(work: () => Promise<unknown>) {
  try {
    await work();
    return 'none';
  } catch (error) {
    return error instanceof BalancedRecError ? { ...error.details, cause: undefined } : String(error);
  }
}
