import { errorDetailsSchema, type PlainErrorDetails } from '@balanced-rec/errors/schema';
import * as z from 'zod';

const base = { /** When it happened, as ISO 8601 in UTC. */ time: z.iso.datetime() };
const ofRun = { ...base, /** The run's, as in `runs/<id>.json`. */ id: z.string() };
const values = z.record(z.string(), z.number());

/**
 * An event of `balanced-rec compare --json`, one a line. Fields may be added to them, and types of events; docs/events.md has examples
 * of all.
 */
export const comparisonEventSchema = z.discriminatedUnion('type', [
  z.object({
    ...base,
    type: z.literal('planned'),
    /** What the runs are for, if it is not the comparison itself but a search before it. */
    phase: z.string().optional(),
    engine: z.string(),
    /** Runs at the same time, and what keeps them from being more. */
    jobs: z.object({
      count: z.number().int(),
      limit: z.enum(['asked', 'cores', 'memory', 'gpu', 'workers']),
      bytesPerRun: z.number(),
      freeBytes: z.number(),
    }),
    datasets: z.array(
      z.object({
        name: z.string(),
        users: z.number().int(),
        items: z.number().int(),
        modalities: z.array(z.string()),
        hash: z.string(),
      }),
    ),
    /** Teachers before those that need them. */
    runs: z.array(
      z.object({
        id: z.string(),
        dataset: z.string(),
        backbone: z.string(),
        variant: z.string(),
        seed: z.number().int(),
        /** Ids of the runs (teachers) that come first. */
        after: z.array(z.string()),
        /** Finished already by an earlier call. */
        kept: z.boolean(),
        /** Of a trial of a search: the values tried, by section of the settings. */
        trial: z.record(z.string(), z.record(z.string(), z.union([z.number(), z.string(), z.boolean()]))).optional(),
      }),
    ),
  }),
  z.object({ ...ofRun, type: z.literal('started') }),
  z.object({
    ...ofRun,
    type: z.literal('epoch'),
    /** The run's own, or `only:<modality>` while a teacher is trained on the way. */
    variant: z.string(),
    epoch: z.number().int(),
    maxEpochs: z.number().int(),
    losses: values,
    measures: values,
    /** Of epochs that were evaluated: metrics on the validation split. */
    validation: values.optional(),
    /** The same for the model's uni-modal views, by view. */
    views: z.record(z.string(), values).optional(),
    /** The best evaluation so far; absent before the first. */
    bestEpoch: z.number().int().optional(),
    bestScore: z.number().optional(),
  }),
  z.object({
    ...ofRun,
    type: z.literal('finished'),
    test: values,
    bestEpoch: z.number().int(),
    epochs: z.number().int(),
    seconds: z.number(),
  }),
  /** A trial of a search came to its end; it has read no test split. */
  z.object({
    ...ofRun,
    type: z.literal('tried'),
    /** Validation Recall@20 at the best epoch. */
    score: z.number(),
    bestEpoch: z.number().int(),
    epochs: z.number().int(),
    seconds: z.number(),
  }),
  /** Something kept (a record, a model, a state, a teacher, neighbours) is not what was written; it is made again. */
  z.object({
    ...base,
    type: z.literal('damaged'),
    file: z.string(),
    /** What is wrong with it. */
    found: z.string(),
    /** Where it was set aside; absent where another run had done so. */
    movedTo: z.string().optional(),
  }),
  z.object({ ...ofRun, type: z.literal('failed'), error: errorDetailsSchema }),
  /** It could not be done, since the run `by` failed or was blocked itself. */
  z.object({ ...ofRun, type: z.literal('blocked'), by: z.string() }),
  /** It was given up because the comparison is ending. */
  z.object({ ...ofRun, type: z.literal('stopped') }),
  /** Paths of the reports, over all finished runs. */
  z.object({
    ...base,
    type: z.literal('reports'),
    html: z.string(),
    markdown: z.string(),
    csv: z.string(),
    json: z.string(),
  }),
  /** Why the comparison did not end well; always the last. */
  z.object({ ...base, type: z.literal('error'), error: errorDetailsSchema }),
]);

/** A line of `compare --json`. */
export type ComparisonEvent = z.output<typeof comparisonEventSchema>;

/** An error as events tell it. */
export type EventError = PlainErrorDetails;
