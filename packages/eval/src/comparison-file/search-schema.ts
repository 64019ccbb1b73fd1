import * as z from 'zod';

const range = z.tuple([z.number(), z.number()]).refine(([low, high]) => low < high);

/** The values that a search may give to one hyper-parameter. */
export const candidatesSchema = z.union(
  [
    z.array(z.union([z.number(), z.string(), z.boolean()])).min(1),
    z.strictObject({ uniform: range }),
    z.strictObject({ logUniform: range }),
    z.strictObject({ integer: range }),
  ],
  { error: 'a list of values, or a range: uniform, logUniform or integer with two numbers' },
);

/** Candidates by the name of the hyper-parameter. */
export const spaceSchema = z.record(z.string(), candidatesSchema);

/** A hyper-parameter search: on the validation split, with the first seed, for each dataset x backbone. */
export const searchSchema = z.strictObject({
  /** `grid` tries every combination of lists, `random` draws. */
  method: z.enum(['grid', 'random']).default('grid'),
  /** Combinations that `random` tries in each stage, for each dataset x backbone. */
  trials: z.number().int().positive().default(10),
  /** Of the draws. */
  seed: z.number().int().nonnegative().default(1),
  space: z.strictObject({
    /** Options of the backbones, chosen for the plain model; a backbone's own `search` stands in place of it. */
    backbone: spaceSchema.default({}),
    /** Numbers of the protocol, chosen together with the backbone's. */
    protocol: spaceSchema.default({}),
    /** Options of CKD, chosen for `ckd` under what was chosen for plain. */
    distillation: spaceSchema.default({}),
    /** Options of `ogm-ge`, chosen likewise. */
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
