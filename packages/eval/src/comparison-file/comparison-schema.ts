import { distillationSchema, modulationSchema, protocolSchema, protocols } from '@balanced-rec/ckd-core';
import * as z from 'zod';
import { METRIC_NAMES } from '../metrics/metric-name.js';

const range = z.tuple([z.number(), z.number()]).refine(([low, high]) => low < high);

/** The values that a search may give to one hyperparameter. */
export const candidatesSchema = z.union(
  [
    z.array(z.union([z.number(), z.string(), z.boolean()])).min(1),
    z.strictObject({ uniform: range }),
    z.strictObject({ logUniform: range }),
    z.strictObject({ integer: range }),
  ],
  { error: 'a list of values, or a range: uniform, logUniform or integer with two numbers' },
);

/** Candidates by hyperparameter name. */
export const spaceSchema = z.record(z.string(), candidatesSchema);

/** A hyperparameter search on the validation split, with the first seed, for each dataset x backbone. */
export const searchSchema = z.strictObject({
  /** `grid` tries every combination of lists, `random` draws combinations. */
  method: z.enum(['grid', 'random']).default('grid'),
  /** Combinations that `random` tries in each stage, for each dataset x backbone. */
  trials: z.number().int().positive().default(10),
  /** Seed of the random draws. */
  seed: z.number().int().nonnegative().default(1),
  space: z.strictObject({
    /** Options of the backbones, chosen for the plain model; a backbone's own `search` replaces them. */
    backbone: spaceSchema.default({}),
    /** Numbers of the protocol, chosen together with the backbone's options. */
    protocol: spaceSchema.default({}),
    /** Options of CKD, chosen for `ckd` given the choice for the plain model. */
    distillation: spaceSchema.default({}),
    /** Options of `ogm-ge`, chosen in the same way. */
    modulation: spaceSchema.default({}),
  }),
});

export type Candidates = z.output<typeof candidatesSchema>;
export type Space = z.output<typeof spaceSchema>;
/**
 * The `search` of a comparison file.
 * @useDeclaredType
 */
export type Search = z.output<typeof searchSchema>;

const protocolNames = Object.keys(protocols) as (keyof typeof protocols)[];

const variantsSchema = z
  .array(
    z.strictObject({
      name: z.string().min(1),
      /** The package to import it from, for a third-party variant. */
      package: z.string().optional(),
    }),
  )
  .min(1);

/** A comparison file after its shorthands (`vbpr` for `{ name: vbpr }`) have been expanded. */
export const comparisonSchema = z.strictObject({
  /** A heading for the report. */
  title: z.string().optional(),
  datasets: z
    .array(
      z.strictObject({
        name: z.string().min(1),
        /** A dataset folder, relative to the current folder or to the comparison file's. */
        path: z.string().min(1),
        /** The modalities to use; all by default. */
        modalities: z.array(z.string()).min(1).optional(),
      }),
    )
    .min(1),
  backbones: z
    .array(
      z.strictObject({
        name: z.string().min(1),
        /** The package to import it from, for a third-party backbone. */
        package: z.string().optional(),
        /** Overrides of its configuration. */
        set: z.record(z.string(), z.unknown()).default({}),
        /** Candidates for its options, replacing those of the search. */
        search: spaceSchema.optional(),
        /** The variants of this backbone, replacing the comparison's. */
        variants: variantsSchema.optional(),
      }),
    )
    .min(1),
  /** `only` means each modality alone. */
  variants: variantsSchema.default([{ name: 'plain' }, { name: 'ckd' }]),
  seeds: z.array(z.number().int().nonnegative()).min(1).default([1]),
  protocol: protocolSchema
    .partial()
    .extend({ name: z.enum(protocolNames) })
    .default({ name: 'ckd-paper' }),
  distillation: distillationSchema.partial().default({}),
  /** Options of the variant `ogm-ge`. */
  modulation: modulationSchema.partial().default({}),
  /** Chooses hyperparameters on validation before the runs. */
  search: searchSchema.optional(),
  metrics: z.array(z.enum(METRIC_NAMES)).min(1).default(['recall', 'ndcg', 'precision', 'hit', 'map', 'mrr']),
  cutoffs: z.array(z.number().int().positive()).min(1).default([10, 20]),
  engine: z.enum(['auto', 'gpu', 'native', 'wasm', 'cpu']).default('auto'),
});

/** What to compare: datasets x backbones x variants x seeds, under one protocol. */
export type Comparison = z.output<typeof comparisonSchema>;
