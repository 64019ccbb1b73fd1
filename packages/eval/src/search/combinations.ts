import type { RandomGenerator } from '@balanced-rec/ckd-core/backbone';
import type { Combination } from '@balanced-rec/report';
import type { Candidates, Space } from '../comparison-file/comparison-schema.js';

/** Every combination of a space of lists; the last hyperparameter changes fastest. */
export function gridCombinations(space: Space): Combination[] {
  let combinations: Combination[] = [{}];
  for (const [name, candidates] of Object.entries(space)) {
    const values = Array.isArray(candidates) ? candidates : [];
    combinations = combinations.flatMap((partial) => values.map((value) => ({ ...partial, [name]: value })));
  }
  return combinations;
}

/** How many repeated draws are allowed before a small space counts as exhausted. */
const REDRAWS = 100;

/** Draws at most `count` distinct combinations; a larger `count` starts with the same ones. */
export function randomCombinations(space: Space, count: number, random: RandomGenerator): Combination[] {
  const drawn = new Map<string, Combination>();
  for (let redraws = 0; drawn.size < count && redraws < REDRAWS; ) {
    const combination = Object.fromEntries(
      Object.entries(space).map(([name, candidates]) => [name, drawValue(candidates, random)]),
    );
    const key = JSON.stringify(combination);
    if (drawn.has(key)) redraws += 1;
    else drawn.set(key, combination);
  }
  return [...drawn.values()];
}

function drawValue(candidates: Candidates, random: RandomGenerator): number | string | boolean {
  if (Array.isArray(candidates)) return candidates[random.below(candidates.length)]!;
  const unit = random.unit();
  if ('uniform' in candidates) return rounded(between(candidates.uniform, unit));
  if ('integer' in candidates) {
    const [low, high] = candidates.integer;
    return low + Math.floor(unit * (high - low + 1));
  }
  const [low, high] = candidates.logUniform;
  return rounded(Math.exp(between([Math.log(low), Math.log(high)], unit)));
}

function between([low, high]: readonly [number, number], unit: number): number {
  return low + unit * (high - low);
}

/** Rounds to three digits: more would be meaningless and hard to read. */
function rounded(value: number): number {
  return Number(value.toPrecision(3));
}
