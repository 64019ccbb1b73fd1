import { contentHash } from '@balanced-rec/ckd-core/node';
import { BalancedRecError } from '@balanced-rec/errors';
import type { BlobStore } from '@balanced-rec/queue';
import * as z from 'zod';
import type { PlaceContext } from '../comparison/run-place.js';
import { packageVersions } from '../plan/run-identity.js';
import { foreignPackages } from './allowed-packages.js';
import { nameSchema } from './run-task.js';

const noticeSchema = z.strictObject({
  format: z.literal(1),
  id: nameSchema,
  title: z.string(),
  /** By the clock of who enqueued it. */
  enqueued: z.iso.datetime(),
  versions: z.record(z.string(), z.string()),
  engine: z.enum(['gpu', 'native', 'wasm', 'cpu']),
  datasets: z.array(
    z.strictObject({
      name: z.string().min(1),
      modalities: z.array(z.string().min(1)).min(1),
      hash: z.string().regex(/^[0-9a-f]{64}$/),
    }),
  ),
  /** Of third parties' backbones and variants. */
  packages: z.array(z.string()),
});

/** What a comparison says to workers: what it takes to do its runs. */
export type Notice = z.output<typeof noticeSchema>;

/** The notice of a comparison; its id follows from all that its plan does. */
export function noticeOf({ file, planned, engine }: Pick<PlaceContext, 'file' | 'planned' | 'engine'>): Notice {
  const { title, ...comparison } = file.comparison;
  const versions = packageVersions();
  const datasets = [...planned.datasets.values()].map(({ name, modalities, hash }) => ({
    ...{ name, modalities: [...modalities], hash },
  }));
  const packages = new Set(planned.runs.flatMap(({ settings }) => foreignPackages(settings)));
  return {
    format: 1,
    // Where datasets lie is no part of the comparison.
    id: contentHash({ comparison: { ...comparison, datasets }, engine, versions }).slice(0, 16),
    title: title ?? [...planned.datasets.keys()].join(', '),
    enqueued: new Date().toISOString(),
    ...{ versions, engine, datasets, packages: [...packages] },
  };
}

/**
 * A notice that another machine wrote, checked.
 * @throws BalancedRecError `queue/other-version` also for what cannot be read: another version may write other notices
 */
export function readNotice(text: unknown): Notice {
  const { success, data } = noticeSchema.safeParse(text);
  if (!success) throw otherVersion('an unknown comparison', 'a notice of format 1', 'another');
  const own = packageVersions();
  const different = [...new Set([...Object.keys(data.versions), ...Object.keys(own)])].find(
    (name) => data.versions[name] !== own[name],
  );
  if (different === undefined) return data;
  const version = (versions: Readonly<Record<string, string>>) => `${different} ${versions[different] ?? '(none)'}`;
  throw otherVersion(data.title, version(data.versions), version(own));
}

/** The name of a comparison's queue. */
export function queueName({ id }: Pick<Notice, 'id'>): string {
  return `comparison-${id}`;
}

/** The mark of a comparison in its store, by which workers can tell that theirs is the same. */
export function comparisonBlob(store: BlobStore, id: string) {
  const name = `comparisons/${id}`;
  return {
    put: () => store.put(name, Buffer.from(id)),
    isThere: async () => (await store.get(name)) !== undefined,
    remove: () => store.remove(name),
  };
}

function otherVersion(place: string, expected: string, found: string): BalancedRecError {
  return new BalancedRecError({
    code: 'queue/other-version',
    message: 'the comparison was enqueued by another version than this worker',
    place,
    expected,
    found,
    remedy: 'start the worker with the same versions; runs of a comparison are made by one',
  });
}
