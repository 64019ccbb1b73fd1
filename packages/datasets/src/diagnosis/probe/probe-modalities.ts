import { type Interactions, itemsOf, ofUsers, userCountOf } from '@balanced-rec/interactions';
import type { DatasetContent } from '../../dataset/dataset.js';
import { differenceOf, type Estimate, estimateOf, isClear } from '../../numeric/statistics.js';
import { countOf } from '../../problems/wording.js';
import { itemNeighbourScorer, popularityScorer } from './interaction-scorers.js';
import { prepareFeatures, WIDEST } from './prepare-features.js';
import { costOfProbe, type ModalityProbe, probeModality, type Strength } from './probe-modality.js';
import { recallOfEach, type Scorer, sampleUsers, type UserSample, usersAtATime } from './recall.js';

/** How strong each modality is alone: Recall@20 of test users, training items left out, beside models that see no features. */
export interface ProbeMeasures {
  /** Test users asked, drawn with a fixed seed. */
  readonly users: number;
  readonly modalities: readonly ModalityProbe[];
  readonly popularity: Estimate;
  /** Item-based collaborative filtering, which learns from the share `trainingShare` of the training users. */
  readonly itemNeighbours: Estimate & { readonly trainingShare: number };
  /** What the numbers say, in a sentence. */
  readonly verdict: string;
}

/** Where nothing was probed: why. */
export interface ProbeSkipped {
  readonly skipped: string;
}

const MOST_USERS = 1500;
const FEWEST_USERS = 300;
const VALIDATION_USERS = 300;
/** Additions and multiplications of one scoring of all sampled users: a second. */
const SCORING_WORK = 3e9;
/** What is quick: about half a minute. */
const QUICK_WORK = 1e11;
const WORK_PER_SECOND = 3.5e9;
/** Pairs of items that the collaborative filter counts: some seconds. */
const MOST_ITEM_PAIRS = 1e9;

/**
 * Probes each modality, unless there is nothing to probe or it is not quick.
 *
 * @param unusable by modality, 1 for each row that tells nothing about its item
 * @param wanted true to probe however long it takes, false not to probe, undefined where it is quick
 */
export function probeModalities(
  content: DatasetContent,
  unusable: Readonly<Record<string, Uint8Array>>,
  wanted: boolean | undefined,
): ProbeMeasures | ProbeSkipped {
  if (wanted === false) return { skipped: 'not asked for' };
  if (content.modalities.length === 0) return { skipped: 'there are no features' };
  const widths = content.modalities.map((modality) => Math.min(content.features[modality]!.columns, WIDEST));
  const userCount = Math.floor(SCORING_WORK / (2 * content.itemCount * Math.max(...widths)));
  const test = sampleUsers(content.train, content.test, Math.max(FEWEST_USERS, Math.min(MOST_USERS, userCount)));
  const validation = sampleUsers(content.train, content.validation, VALIDATION_USERS);
  if (test.count === 0) return { skipped: 'no user has items in both training and test' };

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

/** Of how many training users one is kept, so that the pairs of items that they have are not too many. */
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

/** One sentence on which modalities are strong alone, and what to expect of a model that has all of them. */
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
