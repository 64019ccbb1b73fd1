import { type Backbone, RandomStreams } from '@balanced-rec/ckd-core';
import type { DatasetContent } from '@balanced-rec/datasets';
import { loadBackbone } from '@balanced-rec/models';
import { type Engine, type EngineName, loadEngine } from '@balanced-rec/tfjs-kernels';
import type { BackboneName } from './backbone-names.js';
import type { DataSource } from './data-shape.js';
import { describeEngine } from './describe-engine.js';
import { describeData, openSource } from './open-source.js';
import { seconds } from './timing.js';
import { describeVersions } from './versions.js';

export interface ModelTask {
  readonly backbone: BackboneName;
  readonly engine: EngineName | 'auto';
  readonly source: DataSource;
  /** The seed for generated data, initial parameters and all sampling during training. */
  readonly seed: number;
}

export interface OpenModel {
  readonly engine: Engine;
  readonly data: DatasetContent;
  readonly backbone: Backbone;
  readonly random: RandomStreams;
  /** Milliseconds taken to create the backbone, including its graphs. */
  readonly setup: number;
}

/** Loads the engine, opens the data and creates the backbone. */
export async function openModel(task: ModelTask): Promise<OpenModel> {
  const engine = await loadEngine(task.engine);
  const definition = await loadBackbone(task.backbone);
  const data = await openSource(task.source);
  const random = new RandomStreams(task.seed);
  const start = performance.now();
  const backbone = definition.create({ data, random });
  return { engine, data, backbone, random, setup: performance.now() - start };
}

/** The description of the model in every document, whatever is measured. */
export function describeModel({ engine, data, backbone, setup }: OpenModel, { source, seed }: ModelTask) {
  return {
    engine: describeEngine(engine),
    versions: describeVersions(),
    shape: describeData(data, source),
    backbone: { name: backbone.name, config: backbone.config },
    parameters: backbone.parameters.trainableCount,
    seed,
    setupSeconds: seconds(setup),
  };
}
