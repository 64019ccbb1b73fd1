import type { PlannedRun } from '@balanced-rec/eval';

/** How people are told of a run. */
export function runLabel({ settings, trial }: PlannedRun): string {
  const { dataset, backbone, variant, seed } = settings;
  return `${dataset.name}/${backbone.name}/${variant} ${trial ? `trial ${trial.number}` : `seed ${seed}`}`;
}
