import { distillationSchema } from '@balanced-rec/ckd-core';
import { BalancedRecError } from '@balanced-rec/errors';
import type { RunRecord } from '../report/run-record.js';
import type { RunSettings } from '../runs/run-settings.js';

/** What a record must agree on with a planned run to stand for it. */
export interface ExpectedRun {
  readonly settings: RunSettings;
  readonly dataHash: string;
  /** The configuration with defaults filled in. */
  readonly config: Readonly<Record<string, unknown>>;
}

/**
 * Makes sure that a finished run in the output folder is one of this comparison.
 * @throws BalancedRecError `comparison/other-settings` naming the first difference
 */
export function checkSameSettings(record: RunRecord, { settings, dataHash, config }: ExpectedRun, file: string): void {
  const wanted = flatten({
    data: dataHash,
    backbone: config,
    protocol: { ...settings.protocol, distillation: complete(settings.distillation) },
    engine: settings.engine,
  });
  const kept = flatten({
    data: record.dataset.hash,
    backbone: record.backboneConfig,
    protocol: { ...record.protocol, distillation: complete(record.protocol.distillation) },
    engine: record.engine,
  });
  const measured = settings.measured.metrics.flatMap((m) => settings.measured.cutoffs.map((k) => `${m}@${k}`));
  const unmeasured = measured.find((key) => !(key in record.result.test));
  const different = [...new Set([...wanted.keys(), ...kept.keys()])].find((key) => wanted.get(key) !== kept.get(key));
  if (!different && !unmeasured) return;
  throw new BalancedRecError({
    code: 'comparison/other-settings',
    message: `the output folder holds run ${record.id} with other settings`,
    place: file,
    expected: different ? `${different} = ${wanted.get(different) ?? '(not set)'}` : `a value of ${unmeasured}`,
    found: different ? (kept.get(different) ?? '(not set)') : 'none',
    remedy: 'name another --out folder, or delete this one to start over',
  });
}

/** With defaults filled in: whether a default was written out or left out makes no difference. */
function complete(distillation: unknown): unknown {
  const { success, data } = distillationSchema.safeParse(distillation);
  return success ? data : distillation;
}

function flatten(value: unknown, prefix = ''): Map<string, string> {
  if (value === null || typeof value !== 'object' || Array.isArray(value))
    return new Map([[prefix, JSON.stringify(value)]]);
  return new Map(
    Object.entries(value).flatMap(([key, inner]) => [...flatten(inner, prefix ? `${prefix}.${key}` : key)]),
  );
}
