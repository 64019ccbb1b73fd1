import { type Interactions, itemsOf, userCountOf } from '@balanced-rec/interactions';
import type { DatasetContent, Finding } from '../dataset/dataset.js';
import { countRowFaults } from '../features/faults.js';
import { countOf } from '../problems/wording.js';
import { findUntidyItems, findUntidyUsers } from './find-untidy-ids.js';

/** Finds accepted irregularities in a dataset. `duplicates` is the number of interactions merged while reading. */
export function findUntidy(content: DatasetContent, duplicates: number): Finding[] {
  const findings = [
    duplicateInteractions(duplicates),
    ...leakage(content),
    ...findUntidyUsers(content),
    ...findUntidyItems(content),
    ...content.modalities.flatMap((modality) => rowFindings(content, modality)),
  ];
  return findings.filter(({ count }) => count > 0);
}

function duplicateInteractions(count: number): Finding {
  const message = `${countOf(count, 'repeated interaction')} within a split; each user-item pair is kept once`;
  return { code: 'interactions/duplicates', severity: 'note', message, count };
}

function leakage({ train, validation, test }: DatasetContent): Finding[] {
  const pairs: [string, number][] = [
    ['train and validation', countLeaks(train, validation)],
    ['train and test', countLeaks(train, test)],
    ['validation and test', countLeaks(validation, test)],
  ];
  return pairs.map(([splits, count]) => ({
    code: 'interactions/leakage',
    severity: 'warning',
    message:
      `LEAKAGE: ${countOf(count, 'user-item pair')} in both ${splits}; ` +
      'they are kept, but results on them do not measure what a model has learned; split the data again',
    count,
  }));
}

/** The number of user-item pairs in both splits. */
function countLeaks(one: Interactions, other: Interactions): number {
  let leaks = 0;
  for (let user = 0; user < userCountOf(one); user++) {
    const ones = itemsOf(one, user);
    const others = itemsOf(other, user);
    for (let a = 0, b = 0; a < ones.length && b < others.length; ) {
      const difference = ones[a]! - others[b]!;
      if (difference === 0) leaks++;
      if (difference <= 0) a++;
      if (difference >= 0) b++;
    }
  }
  return leaks;
}

function rowFindings({ features }: DatasetContent, modality: string): Finding[] {
  const { constant, zero, duplicate } = countRowFaults(features[modality]!);
  const ofZeros = zero === 0 ? '' : ` (${zero} of them all zeros)`;
  return [
    {
      code: 'features/constant-rows',
      severity: 'warning',
      message: `${countOf(constant, 'item')} with a single repeated value as ${modality} features${ofZeros}; the modality tells nothing about them`,
      count: constant,
    },
    {
      code: 'features/duplicate-rows',
      severity: 'note',
      message: `${countOf(duplicate, 'item')} with exactly the same ${modality} features as an earlier item; the modality cannot tell them apart`,
      count: duplicate,
    },
  ];
}
