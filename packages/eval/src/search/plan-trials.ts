import { RandomStreams } from '@balanced-rec/ckd-core';
import type { Choice, Combination, Stage } from '@balanced-rec/report';
import type { Search, Space } from '../comparison-file/comparison-schema.js';
import type { ComparisonFile } from '../comparison-file/read-comparison.js';
import { type Plan, type PlannedRun, type PlannedTrial, teachersOf } from '../plan/plan.js';
import { type Choices, choiceKey, type RunSettings, runId, withChoice } from '../plan/run-settings.js';
import type { Variant } from '../variants/variant.js';
import { gridCombinations, randomCombinations } from './combinations.js';

/** A stage: its trials, and the runs of the teachers that they need first. */
export interface PlannedStage {
  readonly stage: Stage;
  readonly teachers: readonly PlannedRun[];
  readonly trials: readonly PlannedTrial[];
}

/**
 * Plans the trials of a stage for every dataset x backbone that has something to choose in it, with the comparison's first seed.
 * @param decider the variant whose validation score decides the stage
 * @param runs one run per dataset x backbone, with its settings in the comparison
 * @param chosen the choices of earlier stages
 */
export function planStage(
  stage: Stage,
  { name: variant, kind = variant, needsTeachers = false }: Variant,
  runs: readonly RunSettings[],
  file: ComparisonFile,
  definitions: Plan['definitions'],
  chosen: Choices,
): PlannedStage {
  const teachers = new Map<string, PlannedRun>();
  const trials: PlannedTrial[] = [];
  for (const settings of runs) {
    const definition = definitions.get(settings.backbone.name)!;
    const base = { ...withChoice(settings, chosen.get(choiceKey(settings)), definition), variant };
    const after = needsTeachers ? teachersOf(base) : [];
    const combinations = combinationsOf(stage, settings, file);
    if (combinations.length === 0) continue;
    for (const teacher of after) teachers.set(teacher.id, teacher);
    for (const [at, values] of combinations.entries()) {
      const tried = withChoice(base, values, definition);
      trials.push({
        id: `${runId(tried)}--${stage}-${at + 1}`,
        settings: tried,
        after: after.map(({ id }) => id),
        kind,
        trial: { number: at + 1, stage, values },
      });
    }
  }
  return { stage, teachers: [...teachers.values()], trials };
}

/** The combinations to try for one dataset x backbone; none if the stage has no space for it. */
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
