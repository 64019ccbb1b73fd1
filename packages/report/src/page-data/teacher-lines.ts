import type { RunRecord } from '../records/run-record.js';
import { meanLines, type NamedCurve } from './mean-lines.js';
import type { Lines } from './page-data.js';

/**
 * The best validation so far of a modality's own models by epoch, mean over seeds: what a teacher would be if its training stopped
 * there. After its last epoch it stays, so that a student that trains longer still has something to be compared with.
 */
export function teacherLines(runs: readonly RunRecord[], epochs: readonly number[], limit: number): Lines | undefined {
  return meanLines(
    runs.map((run) => bestSoFar(run, epochs)),
    limit,
  );
}

function bestSoFar({ curve }: RunRecord, epochs: readonly number[]): NamedCurve {
  const evaluated = curve.filter(({ validation }) => validation);
  const best: Record<string, number> = {};
  let next = 0;
  return new Map(
    epochs.flatMap((epoch) => {
      for (; next < evaluated.length && evaluated[next]!.epoch <= epoch; next++) {
        for (const [metric, value] of Object.entries(evaluated[next]!.validation!))
          best[metric] = Math.max(best[metric] ?? value, value);
      }
      return Object.keys(best).length > 0 ? [[epoch, { ...best }] as const] : [];
    }),
  );
}
