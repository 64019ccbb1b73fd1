import type { Command } from 'commander';
import { badOption } from './option-values.js';

/** Options whose value may be a space or a tab. */
const MAY_BE_BLANK: readonly string[] = ['--delimiter', '--quote'];

/**
 * Refuses empty arguments and options, which mean an empty variable in a script rather than "nothing" or "the default".
 * @throws BalancedRecError `cli/bad-option`
 */
export function refuseEmpty(command: Command): void {
  for (const [at, argument] of command.registeredArguments.entries())
    refuse(`<${argument.name()}>`, command.processedArgs[at]);
  for (const option of command.options)
    refuse(option.long ?? option.flags, command.getOptionValue(option.attributeName()));
}

/** @param value of any type; a repeatable option has a list */
function refuse(place: string, value: unknown): void {
  for (const text of [value].flat()) {
    if (typeof text !== 'string' || text.trim() !== '' || (text !== '' && MAY_BE_BLANK.includes(place))) continue;
    throw badOption({
      message: 'the value is empty',
      place,
      expected: 'a value',
      found: JSON.stringify(text),
      remedy: place.startsWith('-')
        ? `give a value, or omit ${place}; a variable in your command may be empty`
        : 'give a value; a variable in your command may be empty',
    });
  }
}
