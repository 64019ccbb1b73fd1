import { BalancedRecError, type ErrorDetails, nearestName } from '@balanced-rec/errors';
import { parse } from 'yaml';

/** A parser for a whole number of at least 1. */
export function positiveInteger(option: string): (text: string) => number {
  return (text) => {
    if (/^[1-9]\d*$/.test(text)) return Number(text);
    throw badValue(option, 'a whole number of at least 1', text);
  };
}

/** A parser for a number above 0. */
export function positiveNumber(option: string): (text: string) => number {
  return numberThat(option, 'a number above 0', (value) => value > 0);
}

/** A parser for a number of at least 0. */
export function nonNegativeNumber(option: string): (text: string) => number {
  return numberThat(option, 'a number of at least 0', (value) => value >= 0);
}

/** A parser for any number. */
export function finiteNumber(option: string): (text: string) => number {
  return (text) => {
    const value = text.trim() === '' ? Number.NaN : Number(text);
    if (Number.isFinite(value)) return value;
    throw badValue(option, 'a number', text);
  };
}

/** A parser for a whole number of at least 0. */
export function wholeNumber(option: string): (text: string) => number {
  return (text) => {
    if (/^\d+$/.test(text)) return Number(text);
    throw badValue(option, 'a whole number', text);
  };
}

/** A parser for a cosine above 0, up to 1. */
export function cosineThreshold(option: string): (text: string) => number {
  return numberThat(option, 'a cosine above 0, up to 1', (value) => value > 0 && value <= 1);
}

/** Collects repeated `key=value` options. Values are parsed as YAML, so that numbers and booleans get their types. */
export function assignments(
  option: string,
): (text: string, previous: Record<string, unknown>) => Record<string, unknown> {
  return (text, previous) => {
    const at = text.indexOf('=');
    if (at < 1) throw badValue(option, 'key=value', text);
    try {
      return { ...previous, [text.slice(0, at)]: parse(text.slice(at + 1)) };
    } catch {
      throw badValue(option, 'key=value, with a valid YAML value', text);
    }
  };
}

/** Collects the values of a repeatable option. */
export function repeated(value: string, previous: readonly string[]): readonly string[] {
  return [...previous, value];
}

/** A parser for a comma-separated list without empty entries. */
export function commaSeparated(option: string): (text: string) => string[] {
  return (text) => {
    const parts = text.split(',').map((part) => part.trim());
    if (!parts.includes('')) return parts;
    throw badOption({
      message: parts.length === 1 ? 'the list is empty' : 'an entry of the list is empty',
      place: option,
      expected: 'entries separated by commas, none of them empty',
      found: JSON.stringify(text),
      remedy: `name each entry, or omit ${option}; a variable in your command may be empty`,
    });
  };
}

/** A parser for one of some names. */
export function oneOf<const Name extends string>(option: string, names: readonly Name[]): (text: string) => Name {
  return (text) => {
    const name = names.find((known) => known === text);
    if (name !== undefined) return name;
    const slip = didYouMean(text, names);
    throw badValue(option, `one of: ${names.join(', ')}`, text, slip && `${slip} If not, see --help`);
  };
}

/** The remedy for a name that is probably a typo; undefined if no known name resembles it. */
export function didYouMean(name: string, known: readonly string[]): string | undefined {
  const nearest = nearestName(name, known);
  return nearest && `did you mean "${nearest}"?`;
}

/** The error for an invalid option. */
export function badOption(details: Omit<ErrorDetails, 'code'>): BalancedRecError {
  return new BalancedRecError({ code: 'cli/bad-option', ...details });
}

function numberThat(option: string, expected: string, fits: (value: number) => boolean): (text: string) => number {
  return (text) => {
    const value = /^\d*\.?\d+$/.test(text) ? Number(text) : Number.NaN;
    if (fits(value)) return value;
    throw badValue(option, expected, text);
  };
}

function badValue(place: string, expected: string, found: string, remedy = 'see --help'): BalancedRecError {
  return badOption({ message: 'invalid value', place, expected, found: JSON.stringify(found), remedy });
}
