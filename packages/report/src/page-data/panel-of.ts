import { backboneLabel, compareMetrics, modalityOf } from '../labels/names.js';
import type { RunRecord } from '../records/run-record.js';
import type { RunGroup } from '../summary/group-runs.js';
import type { Summary } from '../summary/summary.js';
import { teacherLines } from './lines.js';
import type { Gap, Lines, Mark, Panel } from './page-data.js';
import { seriesOf } from './series-of.js';

/** Takes from the runs of one dataset x backbone what its charts show, each line at about `limit` epochs. */
export function panelOf(group: RunGroup, marks: ReadonlyMap<string, Mark>, summary: Summary, limit: number): Panel {
  const { dataset, backbone, variants } = group;
  const runs = [...variants.values()].flat();
  const metrics = [...new Set(runs.flatMap(({ curve }) => Object.keys(lastValidation(curve))))];
  const fallback = metrics.includes(summary.metric) ? summary.metric : metrics.sort(compareMetrics)[0];
  return {
    dataset,
    backbone: backboneLabel(backbone),
    fallback: fallback ?? summary.metric,
    series: [...variants].map(([variant, of]) => seriesOf(variant, of, marks.get(variant)!, limit)),
    teachers: teachersOf(group, limit),
    gaps: gapsOf(group, summary),
  };
}

function teachersOf({ variants }: RunGroup, limit: number): Record<string, Lines> {
  const students = [...variants].filter(([variant]) => modalityOf(variant) === undefined).flatMap(([, runs]) => runs);
  const viewed = students.flatMap(({ curve }) => curve.flatMap(({ epoch, views }) => (views ? [epoch] : [])));
  const epochs = [...new Set(viewed)].sort((a, b) => a - b);
  return Object.fromEntries(
    [...variants].flatMap(([variant, runs]) => {
      const modality = modalityOf(variant);
      const lines = modality === undefined ? undefined : teacherLines(runs, epochs, limit);
      return lines ? [[modality!, lines]] : [];
    }),
  );
}

function gapsOf({ dataset, backbone }: RunGroup, { gaps }: Summary): Record<string, Gap[]> {
  return Object.fromEntries(
    Object.entries(gaps).map(([metric, all]) => [
      metric,
      all
        .filter((gap) => gap.dataset === dataset && gap.backbone === backbone)
        .map(({ variant, modality, teacher, view }) => ({ variant, modality, teacher, view })),
    ]),
  );
}

function lastValidation(curve: RunRecord['curve']): Readonly<Record<string, number>> {
  return curve.findLast(({ validation }) => validation)?.validation ?? {};
}
