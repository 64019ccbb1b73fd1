import type { RandomStreams } from '@balanced-rec/distributions';
import { BalancedRecError } from '@balanced-rec/errors';
import type { CsrPattern } from '@balanced-rec/tfjs-kernels';
import type { z } from 'zod';
import { parseConfig } from '../config/parse-config.js';
import type { TrainingData } from '../data/training-data.js';
import { featureNeighbours, type NeighbourCache } from '../graph/nearest-neighbours.js';
import type { Backbone, BackboneSupports } from './backbone.js';
import type { ObservedSet } from './observed-set.js';
import { ParameterSet } from './parameter-set.js';

/** What a backbone's `create` receives, already validated and with defaults filled in. */
export interface BackboneContext<Config> {
  readonly config: Config;
  readonly data: TrainingData;
  readonly modalities: ObservedSet;
  readonly random: RandomStreams;
  /** Add the model's parameters here. */
  readonly parameters: ParameterSet;
  /**
   * The k nearest neighbours of each item by the cosine of a modality's features, including the item itself: a pattern
   * `[items, items]` that the backbone must dispose. Reused across runs if the caller provides a cache.
   */
  neighboursOf(modality: string, k: number): CsrPattern;
}

/** The parts of a {@link Backbone} that its author writes; the core adds the rest. */
export type BackboneParts = Pick<
  Backbone,
  'represent' | 'loss' | 'rankingView' | 'learningRateFactor' | 'beginEpoch'
> & {
  /** Frees everything that `create` allocated except the parameters. */
  readonly dispose?: (() => void) | undefined;
};

/** Options of {@link BackboneDefinition.create}. */
export interface BackboneOptions {
  readonly data: TrainingData;
  /** Overrides of the configuration's defaults. */
  readonly config?: unknown;
  /** Which of the data's modalities to use, in order; all by default. */
  readonly modalities?: ObservedSet | undefined;
  readonly random: RandomStreams;
  /** Caches the item graphs built from features; by default they are computed each time. */
  readonly neighbourCache?: NeighbourCache | undefined;
}

/** A kind of backbone: its name, its configuration, and how to create one for given data. */
export interface BackboneDefinition {
  readonly name: string;
  readonly supports: BackboneSupports;
  /** Validates a configuration and fills in its defaults. @throws BalancedRecError `config/invalid` */
  parseConfig(config?: unknown): Readonly<Record<string, unknown>>;
  /**
   * Creates a backbone with freshly drawn parameters.
   * @throws BalancedRecError `config/invalid`, `data/no-modality`, `data/missing-features`, `data/feature-rows`
   */
  create(options: BackboneOptions): Backbone;
}

/**
 * Declares a backbone. The configuration is validated and completed with defaults here, before `create` sees it.
 * @param spec.configSchema a strict zod object in which every key has a default
 */
export function defineBackbone<Schema extends z.ZodObject>(spec: {
  readonly name: string;
  readonly configSchema: Schema;
  readonly supports: BackboneSupports;
  create(context: BackboneContext<z.output<Schema>>): BackboneParts;
}): BackboneDefinition {
  const parse = (config: unknown = {}) => parseConfig(spec.configSchema, config, `backbone ${spec.name}`);
  return {
    name: spec.name,
    supports: spec.supports,
    parseConfig: parse,
    create: ({ data, config, modalities = Object.keys(data.features), random, neighbourCache }) => {
      checkFeatures(data, modalities, spec.name);
      const parsed = parse(config);
      const parameters = new ParameterSet();
      const parts = spec.create({
        config: parsed,
        data,
        modalities,
        random,
        parameters,
        neighboursOf: (modality, k) => featureNeighbours(data.features[modality]!, k, neighbourCache),
      });
      return {
        name: spec.name,
        modalities,
        supports: spec.supports,
        config: parsed,
        parameters,
        represent: parts.represent,
        loss: parts.loss,
        rankingView: parts.rankingView,
        learningRateFactor: parts.learningRateFactor,
        beginEpoch: parts.beginEpoch,
        dispose: () => {
          parts.dispose?.();
          parameters.dispose();
        },
      };
    },
  };
}

function checkFeatures(data: TrainingData, modalities: ObservedSet, backbone: string): void {
  if (modalities.length === 0) {
    throw new BalancedRecError({
      code: 'data/no-modality',
      message: `${backbone} needs the features of at least one modality`,
      found: 'none',
      remedy: 'add a <modality>_feat.npy to the dataset',
    });
  }
  for (const modality of modalities) {
    const features = data.features[modality];
    if (!features) {
      throw new BalancedRecError({
        code: 'data/missing-features',
        message: `the data has no features of modality "${modality}"`,
        expected: `one of: ${Object.keys(data.features).join(', ') || '(none)'}`,
        found: modality,
        remedy: "use one of the dataset's modalities, or add the features of this one",
      });
    }
    if (features.rows !== data.itemCount) {
      throw new BalancedRecError({
        code: 'data/feature-rows',
        message: 'the number of feature rows differs from the number of items',
        place: `features of ${modality}`,
        expected: `${data.itemCount} rows, one per item`,
        found: `${features.rows} rows`,
        remedy: 'provide one row per item',
      });
    }
  }
}
