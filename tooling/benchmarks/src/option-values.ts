import { BalancedRecError } from '@balanced-rec/errors';
import type { EngineName } from '@balanced-rec/tfjs-kernels';
import { type BackboneName, backboneNames } from './backbone-names.js';

/** The value of an option that takes a whole number of at least 1. */
export function positiveInteger(option: string, text: string): number {
  if (isPositiveInteger(text)) return Number(text);
  throw badOption(option, 'a whole number of at least 1', text);
}

/** The value of an option that takes a whole number of at least 0. */
export function wholeNumber(option: string, text: string): number {
  if (text === '0' || isPositiveInteger(text)) return Number(text);
  throw badOption(option, 'a whole number of at least 0', text);
}

/** The value of an option that takes whole numbers of at least 1, separated by commas. */
export function positiveIntegers(option: string, text: string): number[] {
  const parts = text.split(',');
  if (parts.every(isPositiveInteger)) return parts.map(Number);
  throw badOption(option, 'whole numbers of at least 1, separated by commas', text);
}

/** The value of an option that takes the name of one of our backbones. */
export function backboneName(option: string, text: string): BackboneName {
  const name = backboneNames.find((known) => known === text);
  if (name !== undefined) return name;
  throw badOption(option, `one of: ${backboneNames.join(', ')}`, text);
}

/** The value of an option that takes an engine. Loading the engine checks whether the name exists. */
export function engineName(text: string): EngineName | 'auto' {
  return text as EngineName | 'auto';
}

export function badOption(option: string, expected: string, found: string): BalancedRecError {
  return new BalancedRecError({
    code: 'bench/bad-option',
    message: 'invalid value',
    place: option,
    expected,
    found: JSON.stringify(found),
    remedy: `give ${option} a valid value, or leave it out`,
  });
}

function isPositiveInteger(text: string): boolean {
  return /^[1-9]\d*$/.test(text) && Number.isSafeInteger(Number(text));
}
