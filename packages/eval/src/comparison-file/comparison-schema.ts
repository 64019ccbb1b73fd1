import { distillationSchema, modulationSchema, protocolSchema, protocols } from '@balanced-rec/ckd-core';
import * as z from 'zod';
import { METRIC_NAMES } from '../metrics/metric-name.js';

const range = z.tuple([z.number(), z.number()]).refine(([low, high]) => low < high);

/** The values that a search may give to one hyperparameter. */
export const candidatesSchema = z.union(
  [
    z.array(z.union([z.number(), z.string(), z.boolean()])).min(1),
    z.strictObject({ uniform: range.describe('A number between two bounds, every value equally likely.') }),
    z.strictObject({
      logUniform: range.describe('A number between two bounds, its logarithm uniform: for values across magnitudes.'),
    }),
    z.strictObject({ integer: range.describe('A whole number between two bounds, both included.') }),
  ],
  { error: 'a list of values, or a range: uniform, logUniform or integer with two numbers' },
);

/** Candidates by the name of the hyperparameter. */
export const spaceSchema = z.record(z.string(), candidatesSchema);

/** A hyperparameter search: on the validation split, with the first seed, for each dataset x backbone. */
export const searchSchema = z.strictObject({
  method: z
    .enum(['grid', 'random'])
    .default('grid')
    .describe('`grid` tries every combination of lists. `random` draws combinations, from ranges too.'),
  trials: z
    .number()
    .int()
    .positive()
    .default(10)
    .describe('Combinations that `random` tries per stage, for each dataset and backbone.'),
  seed: z.number().int().nonnegative().default(1).describe('Seed of the random draws.'),
  space: z
    .strictObject({
      backbone: spaceSchema
        .default({})
        .describe("Backbone options, chosen by the plain model. A backbone's own `search` replaces them."),
      protocol: spaceSchema
        .default({})
        .describe("Protocol settings, chosen by the plain model together with the backbone's options."),
      distillation: spaceSchema
        .default({})
        .describe('CKD options, chosen by `ckd` given the choice for the plain model.'),
      modulation: spaceSchema
        .default({})
        .describe('Options of `ogm-ge`, chosen by `ogm-ge` given the choice for the plain model.'),
    })
    .describe('The hyperparameters to choose, with their candidates. At least one is required.'),
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
      name: z
        .string()
        .min(1)
        .describe(
          'Name of the variant: `plain` or `ckd`; CKD without one component, `ckd-no-specific`, `ckd-no-generic` or `ckd-no-reweighting`; another way to balance modalities, `ogm-ge` or `ensemble`; one modality alone, `only:<modality>`, or `only` for each in turn; a model that uses no modality, `popularity` or `id-only`; or the name that a package gives its variant.',
        ),
      package: z.string().optional().meta({
        description:
          'Package that exports the variant, or a path to a module. Allow it with `compare --package`, because a file alone never runs third-party code.',
        byDefault: "one of this project's variants",
      }),
    }),
  )
  .min(1);

/**
 * A comparison file, after shorthands (`vbpr` for `{ name: vbpr }`) have been written out. Every key describes itself;
 * `byDefault` says what applies without the key where the schema has no default of its own.
 */
export const comparisonSchema = z.strictObject({
  title: z.string().optional().describe('Heading of the report.'),
  datasets: z
    .array(
      z.strictObject({
        name: z.string().min(1).meta({
          description: 'Name of the dataset in records and reports.',
          byDefault: "the folder's name",
        }),
        path: z
          .string()
          .min(1)
          .describe('Dataset folder. A relative path counts from the current folder, then from that of the file.'),
        modalities: z.array(z.string()).min(1).optional().meta({
          description: 'Modalities to use.',
          byDefault: 'all',
        }),
      }),
    )
    .min(1)
    .describe('Datasets to compare on. A path alone, `data/mine`, is short for `{ path: data/mine }`.'),
  backbones: z
    .array(
      z.strictObject({
        name: z.string().min(1).describe('Name of the backbone, such as `vbpr`.'),
        package: z.string().optional().meta({
          description:
            'Package that exports the backbone, or a path to a module. Allow it with `compare --package`, because a file alone never runs third-party code.',
          byDefault: "one of this project's backbones",
        }),
        set: z.record(z.string(), z.unknown()).default({}).describe("Overrides of the backbone's options."),
        search: spaceSchema.optional().meta({
          description: "Candidates for the backbone's options in a search.",
          byDefault: '`space.backbone` of the search',
        }),
        variants: variantsSchema.optional().meta({
          description: "The backbone's own variants.",
          byDefault: "the comparison's variants",
        }),
      }),
    )
    .min(1)
    .describe('Backbones to compare. A name alone, `vbpr`, is short for `{ name: vbpr }`.'),
  variants: variantsSchema
    .default([{ name: 'plain' }, { name: 'ckd' }])
    .describe('Ways to train each backbone. A name alone, `ckd`, is short for `{ name: ckd }`.'),
  seeds: z
    .array(z.number().int().nonnegative())
    .min(1)
    .default([1])
    .describe('One run per seed for each dataset, backbone and variant.'),
  protocol: protocolSchema
    .partial()
    .extend({ name: z.enum(protocolNames).describe(protocolSchema.shape.name.description!) })
    .default({ name: 'ckd-paper' })
    .describe(
      'How every model is trained and selected: a protocol by name, with overrides. A name alone, `mmrec`, is short for `{ name: mmrec }`.',
    ),
  distillation: distillationSchema.partial().default({}).describe('Options of CKD, for `ckd` and its ablations.'),
  modulation: modulationSchema.partial().default({}).describe('Options of `ogm-ge`.'),
  search: searchSchema.optional().describe('Hyperparameter search before the runs, on the validation split alone.'),
  metrics: z
    .array(z.enum(METRIC_NAMES))
    .min(1)
    .default(['recall', 'ndcg', 'precision', 'hit', 'map', 'mrr'])
    .describe("Metrics to report. `ndcg-ckd` is the NDCG of the CKD authors' code, which differs from the usual one."),
  cutoffs: z.array(z.number().int().positive()).min(1).default([10, 20]).describe('Lengths of the ranked lists.'),
  engine: z
    .enum(['auto', 'gpu', 'native', 'wasm', 'cpu'])
    .default('auto')
    .describe('Engine to compute on. `auto` is the first of the others that loads.'),
});

/** What to compare: datasets x backbones x variants x seeds, under one protocol. */
export type Comparison = z.output<typeof comparisonSchema>;
