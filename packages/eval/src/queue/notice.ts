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
  /** By the clock of the machine that enqueued it. */
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
  /** Packages of third-party backbones and variants. */
  packages: z.array(z.string()),
});

const CANCELLED = 'cancelled';

/** What a comparison announces to workers: what they need to execute its runs. */
export type Notice = z.output<typeof noticeSchema>;

/** The notice of a comparison; its id is derived from everything that determines its results. */
export function noticeOf({ file, planned, engine }: Pick<PlaceContext, 'file' | 'planned' | 'engine'>): Notice {
  const { title, ...comparison } = file.comparison;
  const versions = packageVersions();
  const datasets = [...planned.datasets.values()].map(({ name, modalities, hash }) => ({
    ...{ name, modalities: [...modalities], hash },
  }));
  const packages = new Set(planned.runs.flatMap(({ settings }) => foreignPackages(settings)));
  return {
    format: 1,
    // The paths of datasets are not part of the comparison.
    id: contentHash({ comparison: { ...comparison, datasets }, engine, versions }).slice(0, 16),
    title: title ?? [...planned.datasets.keys()].join(', '),
    enqueued: new Date().toISOString(),
    ...{ versions, engine, datasets, packages: [...packages] },
  };
}

/**
 * Parses a notice written by another machine.
 * @throws BalancedRecError `queue/other-version`, also for an unreadable notice, since another version may write it differently
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

/** The marker of a comparison in its store, by which workers recognise that they use the same store, and that it is not over. */
export function comparisonBlob(store: BlobStore, id: string) {
  const name = `comparisons/${id}`;
  const content = async () => {
    const bytes = await store.get(name);
    return bytes && Buffer.from(bytes).toString();
  };
  return {
    open: () => store.put(name, Buffer.from(id)),
    isOpen: async () => (await content()) === id,
    /** Before anything else is removed, so that a cancellation that is interrupted can be repeated. */
    cancel: () => store.put(name, Buffer.from(CANCELLED)),
    isThere: async () => (await content()) !== undefined,
    remove: () => store.remove(name),
  };
}

function otherVersion(place: string, expected: string, found: string): BalancedRecError {
  return new BalancedRecError({
    code: 'queue/other-version',
    message: 'the comparison was enqueued by a version other than this worker',
    place,
    expected,
    found,
    remedy: 'start the worker with the same versions; all runs of a comparison must use the same ones',
  });
}
