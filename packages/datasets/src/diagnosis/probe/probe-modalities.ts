import { type Interactions, itemsOf, ofUsers, userCountOf } from '@balanced-rec/interactions';
import type { DatasetContent } from '../../dataset/dataset.js';
import { differenceOf, type Estimate, estimateOf, isClear } from '../../numeric/statistics.js';
import { countOf } from '../../problems/wording.js';
import { itemNeighbourScorer, popularityScorer } from './interaction-scorers.js';
import { prepareFeatures, WIDEST } from './prepare-features.js';
import { costOfProbe, type ModalityProbe, probeModality, type Strength } from './probe-modality.js';
import { LIST_LENGTH, recallOfEach, type Scorer, sampleUsers, type UserSample, usersAtATime } from './recall.js';

/**
 * How strong each modality is on its own: Recall@20 of test users, without training items, next to models that see no features.
 */
export interface ProbeMeasures {
  /** The number of test users probed, sampled with a fixed seed. */
  readonly users: number;
  readonly modalities: readonly ModalityProbe[];
  readonly popularity: Estimate;
  /** Item-based collaborative filtering, which learns from a share `trainingShare` of the training users. */
  readonly itemNeighbours: Estimate & { readonly trainingShare: number };
  /** A one-sentence interpretation of the numbers. */
  readonly verdict: string;
}

/** The reason why nothing was probed. */
export interface ProbeSkipped {
  readonly skipped: string;
}

const MOST_USERS = 1500;
const FEWEST_USERS = 300;
const VALIDATION_USERS = 300;
/** Additions and multiplications for scoring all sampled users once: about a second. */
const SCORING_WORK = 3e9;
/** The limit for "quick": about half a minute. */
const QUICK_WORK = 1e11;
const WORK_PER_SECOND = 3.5e9;
/** The most item pairs that the collaborative filter counts: a few seconds. */
const MOST_ITEM_PAIRS = 1e9;

/**
 * Probes each modality, unless there is nothing to probe or the probe would not be quick.
 *
 * @param unusable by modality, 1 for each row that carries no information about its item
 * @param wanted true to probe however long it takes, false to skip the probe, undefined to probe only if that is quick
 */
export function probeModalities(
  content: DatasetContent,
  unusable: Readonly<Record<string, Uint8Array>>,
  wanted: boolean | undefined,
): ProbeMeasures | ProbeSkipped {
  if (wanted === false) return { skipped: 'not requested' };
  if (content.modalities.length === 0) return { skipped: 'there are no features' };
  const widths = content.modalities.map((modality) => Math.min(content.features[modality]!.columns, WIDEST));
  const userCount = Math.floor(SCORING_WORK / (2 * content.itemCount * Math.max(...widths)));
  const test = sampleUsers(content.train, content.test, Math.max(FEWEST_USERS, Math.min(MOST_USERS, userCount)));
  const validation = sampleUsers(content.train, content.validation, VALIDATION_USERS);
  if (test.count === 0) return { skipped: 'no user has items in both training and test' };
  // Everyone has a known item, so that the list holds all others: whatever the features, nothing is missed.
  if (content.itemCount <= LIST_LENGTH + 1)
    return { skipped: `with ${countOf(content.itemCount, 'item')}, a list of ${LIST_LENGTH} leaves none out` };

  const work = widths.reduce(
    (sum, width) => sum + costOfProbe(content.itemCount, width, test.count, validation.count),
    0,
  );
  if (work > QUICK_WORK && wanted === undefined) return { skipped: `it would take ${aboutTime(work)}` };
  return probe(content, unusable, test, validation);
}

function probe(
  content: DatasetContent,
  unusable: Readonly<Record<string, Uint8Array>>,
  test: UserSample,
  validation: UserSample,
): ProbeMeasures {
  const { itemCount, train } = content;
  const modalities: ModalityProbe[] = [];
  const strengths = new Map<string, Strength>();
  for (const modality of content.modalities) {
    const matrix = prepareFeatures(content.features[modality]!, unusable[modality]!);
    const { probe, strength } = probeModality(modality, matrix, test, validation);
    modalities.push(probe);
    strengths.set(modality, strength);
  }
  const estimate = (score: Scorer) => estimateOf(recallOfEach(score, test, itemCount));
  const step = thinningStep(train, Math.ceil(test.count / usersAtATime(itemCount)));
  return {
    users: test.count,
    modalities,
    popularity: estimate(popularityScorer(train, itemCount)),
    itemNeighbours: { ...estimate(itemNeighbourScorer(thinned(train, step), itemCount)), trainingShare: 1 / step },
    verdict: judgeBalance(strengths),
  };
}

/** The step between the training users to keep, so that they have a manageable number of item pairs. */
function thinningStep(train: Interactions, passes: number): number {
  let pairs = 0;
  for (let user = 0; user < userCountOf(train); user++) pairs += itemsOf(train, user).length ** 2;
  return Math.max(1, Math.ceil((pairs * passes) / MOST_ITEM_PAIRS));
}

/** Every `step`-th user. */
function thinned(train: Interactions, step: number): Interactions {
  const kept = Math.ceil(userCountOf(train) / step);
  return ofUsers(
    train,
    Int32Array.from({ length: kept }, (_, n) => n * step),
  );
}

function aboutTime(work: number): string {
  const seconds = work / WORK_PER_SECOND;
  return seconds < 90
    ? `about ${countOf(Math.ceil(seconds), 'second')}`
    : `about ${countOf(Math.ceil(seconds / 60), 'minute')}`;
}

/** Says in one sentence which modalities are strong on their own, and what to expect of a model that uses all of them. */
function judgeBalance(strengths: ReadonlyMap<string, Strength>): string {
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
