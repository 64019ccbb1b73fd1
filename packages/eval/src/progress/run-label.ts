import type { PlannedRun } from '../comparison/plan.js';

/** How people are told of a run. */
export function runLabel({ settings }: PlannedRun): string {
  return `${settings.dataset.name}/${settings.backbone.name}/${settings.variant} seed ${settings.seed}`;
}
