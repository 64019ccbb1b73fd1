import { errorDetailsSchema, type PlainErrorDetails } from '@balanced-rec/errors/schema';
import * as z from 'zod';

const base = { /** When it happened, as ISO 8601 in UTC. */ time: z.iso.datetime() };
const ofRun = { ...base, /** The run's id, as in `runs/<id>.json`. */ id: z.string() };
const values = z.record(z.string(), z.number());

/**
 * An event of `balanced-rec compare --json`, one per line. Later versions may add fields and event types. docs/events.md has an example
 * of each.
 */
export const comparisonEventSchema = z.discriminatedUnion('type', [
  z.object({
    ...base,
    type: z.literal('planned'),
    /** The search that the runs belong to; absent for the comparison itself. */
    phase: z.string().optional(),
    engine: z.string(),
    /** How many runs at a time, and what limits their number. */
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
    /** Teachers come before the runs that need them. */
    runs: z.array(
      z.object({
        id: z.string(),
        dataset: z.string(),
        backbone: z.string(),
        variant: z.string(),
        seed: z.number().int(),
        /** Ids of the runs (teachers) that must finish first. */
        after: z.array(z.string()),
        /** Already finished by an earlier call. */
        kept: z.boolean(),
        /** For a trial of a search: the values tried, by section of the settings. */
        trial: z.record(z.string(), z.record(z.string(), z.union([z.number(), z.string(), z.boolean()]))).optional(),
      }),
    ),
  }),
  z.object({ ...ofRun, type: z.literal('started') }),
  z.object({
    ...ofRun,
    type: z.literal('epoch'),
    /** The run's variant, or `only:<modality>` while the run trains a teacher first. */
    variant: z.string(),
    epoch: z.number().int(),
    maxEpochs: z.number().int(),
    losses: values,
    measures: values,
    /** Metrics on the validation split, for epochs that were evaluated. */
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
  /** A trial of a search finished. Trials never read the test split. */
  z.object({
    ...ofRun,
    type: z.literal('tried'),
    /** Validation Recall@20 at the best epoch. */
    score: z.number(),
    bestEpoch: z.number().int(),
    epochs: z.number().int(),
    seconds: z.number(),
  }),
  /** A stored file (record, model, state, teacher, neighbours) differs from what was written; it is made again. */
  z.object({
    ...base,
    type: z.literal('damaged'),
    file: z.string(),
    /** What is wrong with it. */
    found: z.string(),
    /** Where it was moved; absent if another run had already moved it. */
    movedTo: z.string().optional(),
  }),
  z.object({ ...ofRun, type: z.literal('failed'), error: errorDetailsSchema }),
  /** The run could not start because the run `by` failed or was itself blocked. */
  z.object({ ...ofRun, type: z.literal('blocked'), by: z.string() }),
  /** The run was stopped because the comparison is ending. */
  z.object({ ...ofRun, type: z.literal('stopped') }),
  /** Paths of the reports on all finished runs. */
  z.object({
    ...base,
    type: z.literal('reports'),
    html: z.string(),
    markdown: z.string(),
    csv: z.string(),
    json: z.string(),
  }),
  /** Why the comparison failed; always the last event. */
  z.object({ ...base, type: z.literal('error'), error: errorDetailsSchema }),
]);

/** A line of `compare --json`. */
export type ComparisonEvent = z.output<typeof comparisonEventSchema>;

/** An error as events contain it. */
export type EventError = PlainErrorDetails;
