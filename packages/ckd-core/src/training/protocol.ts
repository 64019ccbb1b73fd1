import * as z from 'zod';

/** How a model is trained and selected: every setting that compared models must share. */
export const protocolSchema = z.strictObject({
  name: z
    .enum(['ckd-paper', 'mmrec'])
    .default('ckd-paper')
    .describe("The protocol: `ckd-paper` is that of the CKD authors' code, `mmrec` that of enoche/MMRec."),
  sampler: z
    .enum(['ckd-paper', 'mmrec'])
    .describe(
      'How an epoch draws its batches. `ckd-paper` draws distinct users, each with one positive and one negative item. `mmrec` visits every training interaction once, each with one negative item.',
    ),
  batchSize: z.number().int().positive().describe('Triples of a user, a positive and a negative item per step.'),
  learningRate: z.number().positive().describe('Learning rate of Adam.'),
  learningRateSchedule: z.enum(['constant', 'backbone']).optional().meta({
    description: "`backbone`: the learning rate follows the backbone's own schedule, if it has one.",
    byDefault: '`constant`',
  }),
  evaluateEvery: z.number().int().positive().describe('Epochs between two evaluations on the validation split.'),
  patience: z
    .number()
    .int()
    .nonnegative()
    .describe('Evaluations without a better score that are tolerated before training stops.'),
  maxEpochs: z.number().int().positive().describe('Maximum number of epochs.'),
  validationUsers: z.number().int().positive().optional().meta({
    description:
      'Maximum number of validation users to rank, drawn once per seed. The test split is always ranked in full.',
    byDefault: 'all',
  }),
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
