import {
  type Backbone,
  type BackboneDefinition,
  createSampler,
  RandomStreams,
  type Sampler,
  type TrainingData,
} from '@balanced-rec/ckd-core';
import { sampleData } from './sample-data.js';

/** One property that a backbone must have. */
export interface Check {
  readonly name: string;
  readonly run: (subject: Subject) => void | Promise<void>;
  /** Compares gradients with finite differences. */
  readonly differentiates?: true;
}

/** One, two and three modalities; their names mean nothing to a backbone. */
const everySet: readonly (readonly string[])[] = [['smell'], ['image', 'text'], ['video', 'audio', 'smell']];

/** A backbone on its own, or inside CKD. */
export type Setting = 'plain' | 'distilled';

/** The sets of modalities that a backbone must support; distillation is only defined for two or more. */
export const modalitySets: Readonly<Record<Setting, readonly (readonly string[])[]>> = {
  plain: everySet,
  distilled: everySet.filter((modalities) => modalities.length > 1),
};

export interface Made {
  readonly backbone: Backbone;
  readonly data: TrainingData;
  readonly random: RandomStreams;
  readonly sampler: Sampler;
}

export interface MakeOptions {
  readonly seed?: number;
  readonly data?: TrainingData;
  readonly batchSize?: number;
}

/** The backbone under test, created again for every check. */
export class Subject {
  readonly definition: BackboneDefinition;
  readonly config: Readonly<Record<string, unknown>>;
  readonly #smooth: Readonly<Record<string, unknown>>;

  constructor(
    definition: BackboneDefinition,
    config: Readonly<Record<string, unknown>>,
    smooth: Readonly<Record<string, unknown>>,
  ) {
    this.definition = definition;
    this.config = config;
    this.#smooth = smooth;
  }

  /** The same subject without kinks. */
  get smoothed(): Subject {
    return new Subject(this.definition, { ...this.config, ...this.#smooth }, {});
  }

  /** Creates a backbone with everything needed to train it. */
  make(modalities: readonly string[], options: MakeOptions = {}): Made {
    const { seed = 1, data = sampleData(modalities), batchSize = 32 } = options;
    const random = new RandomStreams(seed);
    const backbone = this.definition.create({ data, modalities, config: this.config, random });
    const sampler = createSampler('mmrec', { data, batchSize, random: random.stream('sampling') });
    return { backbone, data, random, sampler };
  }

  /** Creates a backbone for `use` and always disposes it afterwards. */
  async with(modalities: readonly string[], use: (made: Made) => void | Promise<void>, seed = 1): Promise<void> {
    const made = this.make(modalities, { seed });
    try {
      await use(made);
    } finally {
      made.backbone.dispose();
    }
  }
}
