import {
  fetchCheckpoint,
  fetchTrainingData,
  type Ids,
  openBackbone,
  Recommender,
  rankingTables,
} from '@balanced-rec/ckd-core';
import { type Engine, loadEngine } from '@balanced-rec/tfjs-kernels';
import { vbpr } from '@balanced-rec/vbpr';
import wasmFile from '@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm-simd.wasm?url';

/** What items can be ranked by: all modalities, or one alone. */
export interface View {
  readonly name: string;
  readonly recommender: Recommender;
}

export interface Model {
  readonly engine: Engine;
  readonly backbone: string;
  readonly views: readonly View[];
  readonly users: Ids;
  readonly items: Ids;
}

/** Loads the engine and a folder written by `balanced-rec export --format browser`. */
export async function openModel(folder: string): Promise<Model> {
  const [engine, checkpoint, data] = await Promise.all([
    loadEngine('wasm', { wasmFile }),
    fetchCheckpoint(folder),
    fetchTrainingData(`${folder}/training-data.safetensors`),
  ]);
  const backbone = openBackbone(vbpr, checkpoint, data);
  const { observed, modalities } = checkpoint.manifest;
  const recommenderUnder = (view: readonly string[]) =>
    new Recommender({ tables: rankingTables(backbone, view), train: data.train, seen: data.seen });
  const views = [
    { name: observed.join(' and '), recommender: recommenderUnder(observed) },
    ...modalities.map((modality) => ({ name: `${modality} alone`, recommender: recommenderUnder([modality]) })),
  ];
  // Each recommender keeps its own tables.
  backbone.dispose();
  return { engine, backbone: checkpoint.manifest.backbone, views, users: data.users, items: data.items };
}
