import type { DamageListener } from '@balanced-rec/files';
import { loadBackbone } from '../runs/load-backbone.js';
import { identityOfPlanned } from '../runs/run-identity.js';
import type { Plan } from './plan.js';
import type { RunStore } from './run-store.js';
import { checkSameIdentity, checkSameRun } from './same-settings.js';

/**
 * The planned runs and trials that are finished in the output folder. What is damaged there is set aside.
 * @throws BalancedRecError `comparison/other-settings` if one of them, finished or begun, has other settings than planned
 */
export async function keptRuns(
  { runs, datasets }: Pick<Plan, 'runs' | 'datasets'>,
  store: RunStore,
  onDamage: DamageListener,
): Promise<Set<string>> {
  const kept = new Set<string>();
  for (const { id, settings, trial } of runs) {
    const definition = await loadBackbone(settings.backbone.name, settings.backbone.package);
    const dataHash = datasets.get(settings.dataset.name)!.hash;
    const wanted = identityOfPlanned({ settings, dataHash, config: definition.parseConfig(settings.backbone.config) });
    const record = trial ? undefined : await store.findWhole(id, onDamage);
    const tried = trial ? await store.findWholeTrial(id, onDamage) : undefined;
    if (record) checkSameRun(record, wanted, settings.measured, store.folder);
    const begun = record ? undefined : (tried?.identity ?? (await store.identityOfBegun(id)));
    if (begun) checkSameIdentity(id, begun, wanted, store.folder);
    if (record || tried) kept.add(id);
  }
  return kept;
}
