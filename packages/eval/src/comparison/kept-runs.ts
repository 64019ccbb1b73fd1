import { BalancedRecError } from '@balanced-rec/errors';
import type { DamageListener } from '@balanced-rec/files';
import type { RunRecord } from '@balanced-rec/report';
import type { MetricChoice } from '../metrics/metric-name.js';
import type { Plan } from '../plan/plan.js';
import { identityOfPlanned, identityOfRecord, type RunIdentity } from '../plan/run-identity.js';
import type { RunStore } from '../store/run-store.js';

/**
 * Finds the planned runs and trials that are finished in the output folder. Sets damaged ones aside.
 * @throws BalancedRecError `comparison/other-settings` if one of them, finished or started, has settings other than planned
 */
export async function keptRuns(
  { runs, datasets }: Pick<Plan, 'runs' | 'datasets'>,
  store: RunStore,
  onDamage: DamageListener,
): Promise<Set<string>> {
  const kept = new Set<string>();
  for (const { id, settings, trial } of runs) {
    const dataHash = datasets.get(settings.dataset.name)!.hash;
    const wanted = identityOfPlanned({ settings, dataHash });
    const record = trial ? undefined : await store.findWhole(id, onDamage);
    const tried = trial ? await store.findWholeTrial(id, onDamage) : undefined;
    if (record) checkSameRun(record, wanted, settings.measured, store.folder);
    const begun = record ? undefined : (tried?.identity ?? (await store.identityOfBegun(id)));
    if (begun) checkSameIdentity(id, begun, wanted, store.folder);
    if (record || tried) kept.add(id);
  }
  return kept;
}

/**
 * Makes sure that a finished run in the output folder belongs to this comparison.
 * @throws BalancedRecError `comparison/other-settings` naming the first difference
 */
function checkSameRun(record: RunRecord, wanted: RunIdentity, measured: MetricChoice, folder: string): void {
  checkSameIdentity(record.id, identityOfRecord(record), wanted, folder);
  const asked = measured.metrics.flatMap((metric) => measured.cutoffs.map((cutoff) => `${metric}@${cutoff}`));
  const missing = asked.find((key) => !(key in record.result.test));
  if (missing) throw otherSettings(record.id, folder, `a value of ${missing}`, 'none');
}

/**
 * Makes sure that a run in the output folder, finished or not, has the settings that this comparison gives it.
 * @throws BalancedRecError `comparison/other-settings` naming the first difference
 */
function checkSameIdentity(id: string, kept: RunIdentity, wanted: RunIdentity, folder: string): void {
  const [keptValues, wantedValues] = [flatten(kept), flatten(wanted)];
  const keys = [...new Set([...wantedValues.keys(), ...keptValues.keys()])];
  const different = keys.find((key) => wantedValues.get(key) !== keptValues.get(key));
  if (different === undefined) return;
  const expected = `${different} = ${wantedValues.get(different) ?? '(not set)'}`;
  throw otherSettings(id, folder, expected, keptValues.get(different) ?? '(not set)');
}

function otherSettings(id: string, place: string, expected: string, found: string): BalancedRecError {
  return new BalancedRecError({
    code: 'comparison/other-settings',
    message: `the output folder holds run ${id} with other settings`,
    place,
    expected,
    found,
    remedy: 'name another --out folder, or delete this one to start over',
  });
}

function flatten(value: unknown, prefix = ''): Map<string, string> {
  if (value === null || typeof value !== 'object' || Array.isArray(value))
    return new Map([[prefix, JSON.stringify(value)]]);
  return new Map(
    Object.entries(value).flatMap(([key, inner]) => [...flatten(inner, prefix ? `${prefix}.${key}` : key)]),
  );
}
