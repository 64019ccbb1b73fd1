import { BalancedRecError, nearestName } from '@balanced-rec/errors';
import type { z } from 'zod';
import { type CompleteOptions, prepareSchema } from './prepare-options.js';

/** Where an option comes from: its name, or a file and line. */
export type OptionPlace = (path: readonly PropertyKey[]) => string;

/**
 * Validates options and fills in the defaults.
 *
 * @param place returns where an option comes from, for the error
 * @throws BalancedRecError `prepare/bad-option`, with the nearest name for an unknown option
 */
export function parsePrepareOptions(input: unknown, place: OptionPlace = (path) => path.join('.')): CompleteOptions {
  const result = prepareSchema.safeParse(input);
  if (result.success) {
    if (result.data.describedOnly && result.data.items === undefined) throw nothingDescribed(place);
    return result.data;
  }
  // A misspelt name often causes a missing-option issue as well, but the unknown name is more helpful.
  const { issues } = result.error;
  const issue = issues.find(({ code }) => code === 'unrecognized_keys') ?? issues[0]!;
  throw issue.code === 'unrecognized_keys' ? noSuchOption(issue.keys[0]!, place) : badOption(issue, input, place);
}

function nothingDescribed(place: OptionPlace): BalancedRecError {
  return new BalancedRecError({
    code: 'prepare/bad-option',
    message: 'there are no item files',
    place: place(['describedOnly']),
    expected: 'item files (items)',
    found: 'none',
    remedy: 'list them, or omit this option',
  });
}

function noSuchOption(name: string, place: OptionPlace): BalancedRecError {
  const names = Object.keys(prepareSchema.shape);
  const nearest = nearestName(name, names);
  return new BalancedRecError({
    code: 'prepare/bad-option',
    message: `unknown option "${name}"`,
    place: place([name]),
    expected: `one of: ${names.join(', ')}`,
    found: name,
    remedy: nearest === undefined ? 'remove it' : `did you mean "${nearest}"?`,
  });
}

function badOption(issue: z.core.$ZodIssue, input: unknown, place: OptionPlace): BalancedRecError {
  const found = issue.path.reduce<unknown>(
    (value, key) => (value as Record<PropertyKey, unknown> | null)?.[key],
    input,
  );
  const choices = issue.code === 'invalid_value' ? issue.values.map(String) : [];
  const nearest = typeof found === 'string' ? nearestName(found, choices) : undefined;
  const name = issue.path.map(String).join('.');
  const isMissing = found === undefined && issue.path.length > 0;
  return new BalancedRecError({
    code: 'prepare/bad-option',
    message: isMissing ? `the option "${name}" is missing` : 'invalid value',
    place: place(issue.path),
    expected:
      choices.length > 0
        ? `one of: ${choices.join(', ')}`
        : issue.message.replace(/^Invalid input: expected (.*?)(, received .*)?$/, '$1'),
    found: (JSON.stringify(found) ?? 'nothing').slice(0, 160),
    remedy: nearest === undefined ? 'correct the value' : `did you mean "${nearest}"?`,
  });
}
