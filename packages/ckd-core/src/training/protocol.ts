import * as z from 'zod';

/** How a model is trained and selected: every setting that compared models must share. */
export const protocolSchema = z.strictObject({
  name: z.enum(['ckd-paper', 'mmrec']).default('ckd-paper'),
  sampler: z.enum(['ckd-paper', 'mmrec']),
  batchSize: z.number().int().positive(),
  learningRate: z.number().positive(),
  /** `backbone`: the learning rate follows the backbone's schedule, if it has one; `constant` by default. */
  learningRateSchedule: z.enum(['constant', 'backbone']).optional(),
  /** Epochs between two evaluations on the validation split. */
  evaluateEvery: z.number().int().positive(),
  /** Evaluations without a better score that are tolerated before training stops. */
  patience: z.number().int().nonnegative(),
  maxEpochs: z.number().int().positive(),
  /** The maximum number of validation users to rank, drawn once per seed; all by default. The test split is always ranked in full. */
  validationUsers: z.number().int().positive().optional(),
});

/**
 * How a model is trained and when it is evaluated.
 * @useDeclaredType
 */
export type Protocol = z.output<typeof protocolSchema>;

/** The two reference protocols: that of the CKD authors' code, and that of enoche/MMRec. */
export const protocols = {
  'ckd-paper': {
    name: 'ckd-paper',
    sampler: 'ckd-paper',
    batchSize: 1024,
    learningRate: 5e-4,
    evaluateEvery: 5,
    patience: 10,
    maxEpochs: 10_000,
  },
  mmrec: {
    name: 'mmrec',
    sampler: 'mmrec',
    batchSize: 2048,
    learningRate: 1e-3,
    learningRateSchedule: 'backbone',
    evaluateEvery: 1,
    patience: 20,
    maxEpochs: 1000,
  },
} as const satisfies Record<string, Protocol>;
