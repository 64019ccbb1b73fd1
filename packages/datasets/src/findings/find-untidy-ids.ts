import { hasItems } from '@balanced-rec/interactions';
import type { DatasetContent, Finding } from '../dataset/dataset.js';
import { countOf } from '../problems/wording.js';

const IN_TRAINING = 1;
const ELSEWHERE = 2;

/** Users missing from a split. Users without training items are not checked for validation and test. Counts may be 0. */
export function findUntidyUsers(content: DatasetContent): Finding[] {
  let unused = 0;
  let noTraining = 0;
  let noValidation = 0;
  let noTest = 0;
  for (let user = 0; user < content.userCount; user++) {
    const [train, validation, test] = [content.train, content.validation, content.test].map((split) =>
      hasItems(split, user),
    );
    if (!train && !validation && !test) unused++;
    else if (!train) noTraining++;
    else {
      if (!validation) noValidation++;
      if (!test) noTest++;
    }
  }
  const users = (count: number) => countOf(count, 'user');
  return [
    {
      code: 'users/no-training',
      severity: 'note',
      message: `${users(noTraining)} without a training item; left out of evaluation`,
      count: noTraining,
    },
    {
      code: 'users/no-validation',
      severity: 'note',
      message: `${users(noValidation)} in training without a validation item; trained on, but not part of the validation score`,
      count: noValidation,
    },
    {
      code: 'users/no-test',
      severity: 'note',
      message: `${users(noTest)} in training without a test item; trained on, but not part of the test score`,
      count: noTest,
    },
    {
      code: 'users/unused-ids',
      severity: 'note',
      message: `${countOf(unused, 'user id')} below ${content.userCount} never used; they only take up memory`,
      count: unused,
    },
  ];
}

/** Items missing from training, and items missing from every split. Counts may be 0. */
export function findUntidyItems({ itemCount, train, validation, test }: DatasetContent): Finding[] {
  const seen = new Uint8Array(itemCount);
  for (const item of train.items) seen[item]! |= IN_TRAINING;
  for (const item of validation.items) seen[item]! |= ELSEWHERE;
  for (const item of test.items) seen[item]! |= ELSEWHERE;
  let noTraining = 0;
  let neverSeen = 0;
  for (const marks of seen) {
    if (marks === 0) neverSeen++;
    else if (marks === ELSEWHERE) noTraining++;
  }
  return [
    {
      code: 'items/no-training',
      severity: 'note',
      message: `${countOf(noTraining, 'item')} in validation or test but never in training; kept as candidates (cold items)`,
      count: noTraining,
    },
    {
      code: 'items/never-seen',
      severity: 'note',
      message: `${countOf(neverSeen, 'item')} without any interaction; kept as candidates`,
      count: neverSeen,
    },
  ];
}
