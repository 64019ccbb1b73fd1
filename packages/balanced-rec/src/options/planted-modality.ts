import type { SyntheticModality } from '@balanced-rec/datasets';
import type { BalancedRecError } from '@balanced-rec/errors';
import { badOption, didYouMean } from './option-values.js';

/** What can be set for a modality, with the defaults. */
const DIALS = { dimension: 64, strength: 1, noise: 1, speed: 1 };

/** A parser for `text:dimension=24,strength=1.5,noise=0.3,speed=1`; each repetition of the option adds a modality. */
export function plantedModality(
  option: string,
): (text: string, previous?: readonly SyntheticModality[]) => SyntheticModality[] {
  return (text, previous = []) => {
    const [name, settings = ''] = split(text, ':');
    const dials = { ...DIALS };
    for (const setting of settings === '' ? [] : settings.split(',')) {
      const [dial, value] = split(setting, '=');
      if (!isDial(dial)) throw unknownDial(option, dial);
      if (value === undefined || value.trim() === '' || Number.isNaN(Number(value))) throw malformed(option, text);
      dials[dial] = Number(value);
    }
    if (!/^[\w.-]+$/.test(name)) throw malformed(option, text);
    return [...previous, { name, ...dials }];
  };
}

function split(text: string, separator: string): [string, string?] {
  const at = text.indexOf(separator);
  return at < 0 ? [text.trim()] : [text.slice(0, at).trim(), text.slice(at + 1)];
}

function isDial(name: string): name is keyof typeof DIALS {
  return Object.hasOwn(DIALS, name);
}

function unknownDial(option: string, name: string): BalancedRecError {
  return badOption({
    message: `a modality has no dial "${name}"`,
    place: option,
    expected: `any of ${Object.keys(DIALS).join(', ')}`,
    found: JSON.stringify(name),
    remedy: didYouMean(name, Object.keys(DIALS)) ?? 'name one of these dials',
  });
}

function malformed(option: string, text: string): BalancedRecError {
  return badOption({
    message: 'this is not a modality',
    place: option,
    expected: 'a name, ":" and numbers: text:dimension=24,strength=1.5,noise=0.3,speed=1',
    found: JSON.stringify(text),
    remedy: 'write it like this; omitted numbers have defaults',
  });
}
