import { RandomStreams } from '@balanced-rec/ckd-core';
import { teacherOf } from '../comparison/list-runs.js';
import type { PlannedRun } from '../comparison/plan.js';
import type { ComparisonFile } from '../comparison/read-comparison.js';
import { type RunSettings, runId } from '../runs/run-settings.js';
import { type Choices, choiceKey, withChoice } from './choices.js';
import { type Combination, gridCombinations, randomCombinations } from './combinations.js';
import type { Search, Space } from './search-schema.js';
import type { Choice, PlannedTrial, Stage } from './trial.js';

/** The variant whose validation score decides a stage, in the order in which they are decided. */
export const STAGES: readonly (readonly [stage: Stage, variant: string])[] = [
  ['backbone', 'plain'],
  ['distillation', 'ckd'],
  ['modulation', 'ogm-ge'],
];

/** What a stage does: trials, after the runs of the teachers that they need. */
export interface PlannedStage {
  readonly stage: Stage;
  readonly teachers: readonly PlannedRun[];
  readonly trials: readonly PlannedTrial[];
}

/**
 * The trials of a stage for every dataset x backbone that has something to choose in it, with the comparison's first seed.
 * @param plain a run of each of them, with the settings that the comparison gives it
 * @param chosen by earlier stages
 */
export function planStage(
  stage: Stage,
  variant: string,
  plain: readonly RunSettings[],
  file: ComparisonFile,
  chosen: Choices,
): PlannedStage {
  const teachers = new Map<string, PlannedRun>();
  const trials: PlannedTrial[] = [];
  for (const settings of plain) {
    const base = { ...withChoice(settings, chosen.get(choiceKey(settings))), variant };
    const after = variant === 'ckd' ? settings.dataset.modalities.map((m) => teacherOf(base, m)) : [];
    const combinations = combinationsOf(stage, settings, file);
    if (combinations.length === 0) continue;
    for (const teacher of after) teachers.set(runId(teacher), { id: runId(teacher), settings: teacher, after: [] });
    for (const [at, values] of combinations.entries()) {
      const tried = withChoice(base, values);
      trials.push({
        id: `${runId(tried)}--${stage}-${at + 1}`,
        settings: tried,
        after: after.map(runId),
        trial: { number: at + 1, stage, values },
      });
    }
  }
  return { stage, teachers: [...teachers.values()], trials };
}

/** What is tried for one dataset x backbone; nothing where the stage has no space for it. */
function combinationsOf(stage: Stage, settings: RunSettings, { comparison }: ComparisonFile): Choice[] {
  const search = comparison.search!;
  if (stage !== 'backbone') {
    return combine(search, search.space[stage], `${stage}/${choiceKey(settings)}`).map((values) => ({
      [stage]: values,
    }));
  }
  const own = comparison.backbones.find(({ name }) => name === settings.backbone.name)?.search;
  const sections = { backbone: own ?? search.space.backbone, protocol: search.space.protocol };
  const joint = Object.fromEntries(
    Object.entries(sections).flatMap(([section, space]) =>
      Object.entries(space).map(([name, candidates]) => [`${section}.${name}`, candidates]),
    ),
  );
  return combine(search, joint, `${stage}/${choiceKey(settings)}`).map((values) => ({
    backbone: sectionOf(values, 'backbone'),
    protocol: sectionOf(values, 'protocol'),
  }));
}

function combine(search: Search, space: Space, purpose: string): Combination[] {
  if (Object.keys(space).length === 0) return [];
  if (search.method === 'grid') return gridCombinations(space);
  return randomCombinations(space, search.trials, new RandomStreams(search.seed).stream(`search/${purpose}`));
}

function sectionOf(values: Combination, section: string): Combination {
  const own = Object.entries(values).filter(([name]) => name.startsWith(`${section}.`));
  return Object.fromEntries(own.map(([name, value]) => [name.slice(section.length + 1), value]));
}
