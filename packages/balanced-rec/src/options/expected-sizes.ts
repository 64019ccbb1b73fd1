import type { DatasetSummary } from '@balanced-rec/datasets';
import { BalancedRecError } from '@balanced-rec/errors';
import { badOption, didYouMean } from './option-values.js';

/** The sizes that the user expects of a dataset, by name, in the order given. */
export type ExpectedSizes = Readonly<Record<string, number>>;

/** A parser for `users=19445,items=7050,image=4096`; a repeated option adds to the earlier ones. */
export function expectedSizes(option: string): (text: string, previous?: ExpectedSizes) => ExpectedSizes {
  return (text, previous = {}) => {
    const sizes: Record<string, number> = { ...previous };
    for (const part of text.split(',')) {
      const [, name, number] = /^\s*([\w.-]+)\s*=\s*(\d+)\s*$/.exec(part) ?? [];
      if (name === undefined || !Number.isSafeInteger(Number(number))) throw malformed(option, part);
      if (Object.hasOwn(sizes, name) && sizes[name] !== Number(number)) throw contradictory(option, name, text);
      sizes[name] = Number(number);
    }
    return sizes;
  };
}

/** An expected size and the dataset's. */
export interface SizeConfirmation {
  readonly name: string;
  readonly expected: number;
  /** null if the dataset has nothing of that name, or could not be read that far. */
  readonly found: number | null;
  readonly ok: boolean;
}

/** Compares each expected size with the dataset's. */
export function confirmSizes(expected: ExpectedSizes, summary: DatasetSummary | undefined): SizeConfirmation[] {
  const sizes = sizesOf(summary);
  return Object.entries(expected).map(([name, size]) => {
    const found = sizes.get(name) ?? null;
    return { name, expected: size, found, ok: found === size };
  });
}

/** One compared size as a line. */
export function describeConfirmation({ name, expected, found, ok }: SizeConfirmation): string {
  return ok ? `as expected: ${name} ${expected}` : `NOT AS EXPECTED: ${name} ${found ?? 'missing'}, not ${expected}`;
}

/** The error for sizes that differ from those expected. */
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
    message: 'the dataset does not have the expected sizes',
    place,
    expected: list(({ expected }) => expected),
    found: list(({ found }) => found ?? 'missing'),
    remedy: remedyFor(wrong, [...sizesOf(summary).keys()]),
  });
}

/** The sizes that can be checked, by name. A modality's size is its number of columns. */
function sizesOf(summary: DatasetSummary | undefined): Map<string, number> {
  if (!summary) return new Map();
  const { userCount, itemCount, train, validation, test, modalities } = summary;
  return new Map([
    // First, so that a modality with one of the names below does not hide that size.
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
  if (!absent) return 'check that this is the right folder, and that its files are complete and from the same source';
  const slip = didYouMean(absent.name, names);
  return `the sizes of this dataset are ${names.join(', ')}; a modality needs its ${absent.name}_feat.npy${slip ? `; or ${slip}` : ''}`;
}

function malformed(option: string, part: string): BalancedRecError {
  return badOption({
    message: 'this is not a size',
    place: option,
    expected: 'name=number, several separated by commas, for example users=19445,items=7050,image=4096',
    found: JSON.stringify(part),
    remedy: 'write a name, "=" and a whole number without separators',
  });
}

function contradictory(option: string, name: string, text: string): BalancedRecError {
  return badOption({
    message: `two different sizes for "${name}"`,
    place: option,
    expected: 'one number for each name',
    found: JSON.stringify(text),
    remedy: 'remove one of them',
  });
}
