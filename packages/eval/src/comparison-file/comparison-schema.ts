import { distillationSchema, modulationSchema, protocolSchema, protocols } from '@balanced-rec/ckd-core';
import * as z from 'zod';
import { METRIC_NAMES } from '../metrics/metric-name.js';
import { searchSchema, spaceSchema } from './search-schema.js';

const protocolNames = Object.keys(protocols) as (keyof typeof protocols)[];

const variantsSchema = z
  .array(
    z.strictObject({
      name: z.string().min(1),
      /** The package to import it from, if it is not one of this project's. */
      package: z.string().optional(),
    }),
  )
  .min(1);

/** A comparison file, after shorthands (`vbpr` for `{ name: vbpr }`) have been written out. */
export const comparisonSchema = z.strictObject({
  /** A heading for the report. */
  title: z.string().optional(),
  datasets: z
    .array(
      z.strictObject({
        name: z.string().min(1),
        /** A dataset folder, from the current folder or from that of the comparison file. */
        path: z.string().min(1),
        /** Which of its modalities to use; all by default. */
        modalities: z.array(z.string()).min(1).optional(),
      }),
    )
    .min(1),
  backbones: z
    .array(
      z.strictObject({
        name: z.string().min(1),
        /** The package to import it from, if it is not one of this project's. */
        package: z.string().optional(),
        /** Overrides of its configuration. */
        set: z.record(z.string(), z.unknown()).default({}),
        /** Candidates for its options, in place of the search's own. */
        search: spaceSchema.optional(),
        /** The variants of this backbone, in place of the comparison's. */
        variants: variantsSchema.optional(),
      }),
    )
    .min(1),
  /** `only` stands for each modality alone. */
  variants: variantsSchema.default([{ name: 'plain' }, { name: 'ckd' }]),
  seeds: z.array(z.number().int().nonnegative()).min(1).default([1]),
  protocol: protocolSchema
    .partial()
    .extend({ name: z.enum(protocolNames) })
    .default({ name: 'ckd-paper' }),
  distillation: distillationSchema.partial().default({}),
  /** Of the variant `ogm-ge`. */
  modulation: modulationSchema.partial().default({}),
  /** Chooses hyper-parameters on validation before the runs. */
  search: searchSchema.optional(),
  metrics: z.array(z.enum(METRIC_NAMES)).min(1).default(['recall', 'ndcg', 'precision', 'hit', 'map', 'mrr']),
  cutoffs: z.array(z.number().int().positive()).min(1).default([10, 20]),
  engine: z.enum(['auto', 'gpu', 'native', 'wasm', 'cpu']).default('auto'),
});

/** What to compare: datasets x backbones x variants x seeds, under one protocol. */
export type Comparison = z.output<typeof comparisonSchema>;
