import { BalancedRecError } from '@balanced-rec/errors';

/** The value of an option that takes a whole number of at least 1. */
export function positiveInteger(option: string, text: string): number {
  if (/^[1-9]\d*$/.test(text) && Number.isSafeInteger(Number(text))) return Number(text);
  throw badOption(option, 'a whole number of at least 1', text);
}

/** The value of an option that takes such numbers with commas between them. */
export function positiveIntegers(option: string, text: string): number[] {
  const parts = text.split(',');
  if (parts.every((part) => /^[1-9]\d*$/.test(part) && Number.isSafeInteger(Number(part)))) return parts.map(Number);
  throw badOption(option, 'whole numbers of at least 1 with commas between them', text);
}

export function badOption(option: string, expected: string, found: string): BalancedRecError {
  return new BalancedRecError({
    code: 'bench/bad-option',
    message: 'this value does not fit',
    place: option,
    expected,
    found: JSON.stringify(found),
    remedy: `give ${option} a value as expected, or leave it out`,
  });
}
