import type { DatasetSummary } from '@balanced-rec/datasets';
import { BalancedRecError, nearestName } from '@balanced-rec/errors';
import type { ExpectedSizes } from './expected-sizes.js';

/** One size that was expected, beside the dataset's. */
export interface SizeConfirmation {
  readonly name: string;
  readonly expected: number;
  /** null where the dataset has nothing of that name, or could not be read so far. */
  readonly found: number | null;
  readonly ok: boolean;
}

/** Holds each expected size against the dataset's. */
export function confirmSizes(expected: ExpectedSizes, summary: DatasetSummary | undefined): SizeConfirmation[] {
  const sizes = sizesOf(summary);
  return Object.entries(expected).map(([name, size]) => {
    const found = sizes.get(name) ?? null;
    return { name, expected: size, found, ok: found === size };
  });
}

/** A size as a line. */
export function describeConfirmation({ name, expected, found, ok }: SizeConfirmation): string {
  return ok ? `as expected: ${name} ${expected}` : `NOT AS EXPECTED: ${name} ${found ?? 'not there'}, not ${expected}`;
}

/** The error for sizes that are not what they should be. */
export function notAsExpected(
  confirmations: readonly SizeConfirmation[],
  summary: DatasetSummary | undefined,
  place: string,
): BalancedRecError {
  const wrong = confirmations.filter(({ ok }) => !ok);
  const list = (value: (confirmation: SizeConfirmation) => number | string) =>
    wrong.map((confirmation) => `${confirmation.name}=${value(confirmation)}`).join(', ');
  return new BalancedRecError({
    code: 'dataset/not-as-expected',
    message: 'the dataset does not have the sizes that were expected',
    place,
    expected: list(({ expected }) => expected),
    found: list(({ found }) => found ?? 'not there'),
    remedy: remedyFor(wrong, [...sizesOf(summary).keys()]),
  });
}

/** What can be expected of a dataset, by name. A modality's size is its number of columns. */
function sizesOf(summary: DatasetSummary | undefined): Map<string, number> {
  if (!summary) return new Map();
  const { userCount, itemCount, train, validation, test, modalities } = summary;
  return new Map([
    // First, so that a modality of one of the names below does not hide it.
    ...modalities.map(({ name, dimension }) => [name, dimension] as const),
    ['users', userCount],
    ['items', itemCount],
    ['interactions', train + validation + test],
    ['train', train],
    ['validation', validation],
    ['test', test],
  ]);
}

function remedyFor(wrong: readonly SizeConfirmation[], names: readonly string[]): string {
  const absent = wrong.find(({ found }) => found === null);
  if (!absent) return 'make sure that this is the folder you mean, and that its files are whole and of the same source';
  const nearest = nearestName(absent.name, names);
  const slip = nearest ? `; or did you mean "${nearest}"?` : '';
  return `of a dataset one can expect ${names.join(', ')}; a modality needs its ${absent.name}_feat.npy${slip}`;
}
