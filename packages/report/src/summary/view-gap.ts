import { compareMetrics, modalityOf } from '../labels/names.js';
import type { RunRecord } from '../records/run-record.js';
import { meanAndDeviation } from '../statistics/mean-and-deviation.js';
import type { RunGroup } from './group-runs.js';

/**
 * How much worse a multimodal model ranks by one modality than a model trained on that modality alone, on validation. This is the
 * under-optimisation that CKD is meant to reduce (Zhang et al., ACM MM 2024, section 1).
 */
export interface ViewGap {
  readonly dataset: string;
  readonly backbone: string;
  readonly variant: string;
  readonly modality: string;
  /** Validation of the uni-modal model at its best epoch, mean over seeds. */
  readonly teacher: number;
  /** Validation of the student's view at the student's best epoch, mean over seeds. */
  readonly view: number;
  /** teacher - view: what the student has not learned of this modality. */
  readonly gap: number;
}

/** Metric -> gaps of every variant whose views were evaluated and whose teachers were run. */
export function viewGaps(groups: readonly RunGroup[]): Record<string, ViewGap[]> {
  const gaps: Record<string, ViewGap[]> = {};
  for (const { dataset, backbone, variants } of groups) {
    for (const [only, teachers] of variants) {
      const modality = modalityOf(only);
      if (modality === undefined) continue;
      for (const [variant, runs] of variants) {
        if (variant === only) continue;
        for (const metric of metricsOf(teachers)) {
          const teacher = mean(teachers.map((run) => run.result.validation[metric]));
          const view = mean(runs.map((run) => restoredView(run, only)?.[metric]));
          if (teacher === undefined || view === undefined) continue;
          const entry = { dataset, backbone, variant, modality, teacher, view, gap: teacher - view };
          gaps[metric] = [...(gaps[metric] ?? []), entry];
        }
      }
    }
  }
  return Object.fromEntries(Object.entries(gaps).sort(([a], [b]) => compareMetrics(a, b)));
}

function restoredView(run: RunRecord, only: string): Readonly<Record<string, number>> | undefined {
  return run.curve.find(({ epoch }) => epoch === run.result.bestEpoch)?.views?.[only];
}

function metricsOf(runs: readonly RunRecord[]): string[] {
  return [...new Set(runs.flatMap((run) => Object.keys(run.result.validation)))];
}

function mean(values: readonly (number | undefined)[]): number | undefined {
  const found = values.filter((value) => value !== undefined);
  return found.length === 0 ? undefined : meanAndDeviation(found).mean;
}
