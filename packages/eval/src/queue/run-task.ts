import { distillationSchema, modulationSchema, protocolSchema } from '@balanced-rec/ckd-core';
import { contentHash } from '@balanced-rec/ckd-core/node';
import { BalancedRecError } from '@balanced-rec/errors';
import type { Choice } from '@balanced-rec/report';
import * as z from 'zod';
import type { PlaceContext } from '../comparison/run-place.js';
import { METRIC_NAMES } from '../metrics/metric-name.js';
import type { PlannedRun } from '../plan/plan.js';
import { packageVersions } from '../plan/run-identity.js';
import { type RunSettings, runId } from '../plan/run-settings.js';

/** A valid name for a file or a blob. */
export const nameSchema = z.string().regex(/^[A-Za-z0-9][A-Za-z0-9.-]*$/);

const valuesSchema = z.record(z.string(), z.union([z.number(), z.string(), z.boolean()]));

const settingsSchema = z.strictObject({
  /** A dataset by its content; each worker knows its own path to it. */
  dataset: z.strictObject({
    name: z.string().min(1),
    modalities: z.array(z.string().min(1)).min(1),
    hash: z.string().regex(/^[0-9a-f]{64}$/),
  }),
  backbone: z.strictObject({
    name: z.string().min(1),
    package: z.string().optional(),
    config: z.record(z.string(), z.unknown()),
  }),
  variant: z.string().min(1),
  variantPackage: z.string().optional(),
  seed: z.int().nonnegative(),
  protocol: protocolSchema,
  distillation: distillationSchema.partial(),
  modulation: modulationSchema.partial(),
  measured: z.strictObject({
    metrics: z.array(z.enum(METRIC_NAMES)).min(1),
    cutoffs: z.array(z.int().positive()).min(1),
  }),
  engine: z.enum(['gpu', 'native', 'wasm', 'cpu']),
});

const runTaskSchema = z.strictObject({
  format: z.literal(1),
  id: nameSchema,
  settings: settingsSchema,
  trial: z
    .strictObject({
      values: z.strictObject({
        backbone: valuesSchema.optional(),
        distillation: valuesSchema.optional(),
        modulation: valuesSchema.optional(),
        protocol: valuesSchema.optional(),
      }),
    })
    .optional(),
  /** Keys of the runs that train its teachers. */
  teachers: z.array(nameSchema),
  checkpointSeconds: z.number().positive(),
  /** Whether the model keeps its users' interactions; absent in tasks from version 0.1. */
  saveInteractions: z.boolean().optional(),
});

/** A run, or a trial of a search, as stored in the queue. It contains no local paths. */
export type RunTask = Omit<z.input<typeof runTaskSchema>, 'settings' | 'trial'> & {
  readonly trial?: { readonly values: Choice } | undefined;
  readonly settings: Omit<RunSettings, 'dataset'> & { readonly dataset: z.output<typeof settingsSchema>['dataset'] };
};

/** The run as a task of the queue. */
export function runTask(
  { id, settings, trial }: PlannedRun,
  hash: string,
  teachers: readonly string[],
  { checkpointSeconds, saveInteractions }: Pick<PlaceContext, 'checkpointSeconds' | 'saveInteractions'>,
): RunTask {
  const { name, modalities } = settings.dataset;
  return {
    format: 1,
    id,
    settings: { ...settings, dataset: { name, modalities: [...modalities], hash } },
    trial: trial && { values: trial.values },
    teachers: [...teachers],
    ...{ checkpointSeconds, saveInteractions },
  };
}

/**
 * Parses a task that another machine wrote into the queue.
 * @throws BalancedRecError `queue/bad-task`
 */
export function readRunTask(payload: unknown): RunTask {
  const { success, error } = runTaskSchema.safeParse(payload);
  if (!success) throw badTask(z.prettifyError(error).replaceAll('\n', ' '));
  // The task as written, not as parsed: defaults that the schema fills in would change the records.
  const task = payload as RunTask;
  const own = runId(withPath(task, ''));
  const fits = task.trial ? task.id.startsWith(`${own}--`) : task.id === own;
  if (!fits) throw badTask(`${task.id} for the run ${own}`);
  return task;
}

/** A task's settings on this machine. */
export function withPath({ settings }: RunTask, path: string): RunSettings {
  const { name, modalities } = settings.dataset;
  return { ...settings, dataset: { name, path, modalities } };
}

/** A key derived from everything that a task's result depends on: the same work has the same key in any queue and on any machine. */
export function taskKey({ id, settings, trial, saveInteractions = true }: RunTask): string {
  const left = saveInteractions ? {} : { saveInteractions };
  const identity = { settings, trial: trial ?? null, versions: packageVersions(), ...left };
  return `${id}-${contentHash(identity).slice(0, 16)}`;
}

function badTask(found: string): BalancedRecError {
  return new BalancedRecError({
    code: 'queue/bad-task',
    message: 'the queue contains a task that this worker does not accept',
    expected: 'a run enqueued by `balanced-rec compare --queue`',
    found,
    remedy: 'check what else writes to this Redis',
  });
}
