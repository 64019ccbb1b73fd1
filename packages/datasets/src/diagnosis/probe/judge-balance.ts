import { differenceOf, isClear } from './estimate.js';
import type { Strength } from './probe-modality.js';

/** One sentence on which modalities are strong alone, and what to expect of a model that has all of them. */
export function judgeBalance(strengths: ReadonlyMap<string, Strength>): string {
  const byStrength = [...strengths].sort(([, one], [, other]) => other.result.recall.mean - one.result.recall.mean);
  const [, strongest] = byStrength[0]!;
  const figures = byStrength.map(([modality, { result }], n) => {
    return `${modality} ${n === 0 ? 'alone reaches ' : ''}${result.recall.mean.toFixed(3)}`;
  });
  const said = `${figures.join(', ')} (chance ${strongest.result.shuffled.mean.toFixed(3)})`;
  if (!isClear(strongest.result.advantage)) return `${said}: no modality alone is clearly better than chance`;
  if (byStrength.length === 1) return said;

  const isBehind = ({ recalls }: Strength) => isClear(differenceOf(strongest.recalls, recalls));
  const leaders = byStrength.filter(([, strength]) => !isBehind(strength)).map(([modality]) => modality);
  if (leaders.length === byStrength.length) return `${said}: none is clearly ahead of the others`;
  return `${said}: expect a joint model to lean on ${leaders.join(' and ')}`;
}
