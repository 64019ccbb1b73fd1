import {
  type Backbone,
  type BackboneDefinition,
  createSampler,
  RandomStreams,
  type Sampler,
  type TrainingData,
} from '@balanced-rec/ckd-core';
import { sampleData } from './sample-data.js';

/** One thing that must hold of a backbone. */
export interface Check {
  readonly name: string;
  readonly run: (subject: Subject) => void | Promise<void>;
  /** Compares gradients with finite differences. */
  readonly differentiates?: true;
}

/** One, two and three modalities; their names mean nothing to a backbone. */
export const modalitySets: readonly (readonly string[])[] = [['smell'], ['image', 'text'], ['video', 'audio', 'smell']];

/** The sets over which distillation is defined. */
export const distillableSets = modalitySets.filter((modalities) => modalities.length > 1);

export interface Made {
  readonly backbone: Backbone;
  readonly data: TrainingData;
  readonly random: RandomStreams;
  readonly sampler: Sampler;
}

/** The backbone under test, made anew for every check. */
export class Subject {
  readonly definition: BackboneDefinition;
  readonly config: Readonly<Record<string, unknown>>;
  /** The joint view's scores read the features. */
  readonly scoresContent: boolean;
  readonly #smooth: Readonly<Record<string, unknown>>;

  constructor(
    definition: BackboneDefinition,
    config: Readonly<Record<string, unknown>>,
    smooth: Readonly<Record<string, unknown>>,
    scoresContent = true,
  ) {
    this.scoresContent = scoresContent;
    this.definition = definition;
    this.config = config;
    this.#smooth = smooth;
  }

  /** The same without kinks. */
  get smoothed(): Subject {
    return new Subject(this.definition, { ...this.config, ...this.#smooth }, {}, this.scoresContent);
  }

  /** A backbone with what it takes to train it. */
  make(modalities: readonly string[], { seed = 1, data = sampleData(modalities) } = {}): Made {
    const random = new RandomStreams(seed);
    const backbone = this.definition.create({ data, config: this.config, random });
    const sampler = createSampler('mmrec', { data, batchSize: 32, random: random.stream('sampling') });
    return { backbone, data, random, sampler };
  }

  /** Makes a backbone for `use` and disposes of it, whatever happens. */
  async with(modalities: readonly string[], use: (made: Made) => void | Promise<void>, seed = 1): Promise<void> {
    const made = this.make(modalities, { seed });
    try {
      await use(made);
    } finally {
      made.backbone.dispose();
    }
  }
}
