import { BalancedRecError } from '@balanced-rec/errors';

/** What somebody expects a dataset to have: a number for each name, in the order given. */
export type ExpectedSizes = Readonly<Record<string, number>>;

/** A parser for `users=19445,items=7050,image=4096`; where the option is repeated, all of it counts. */
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

function malformed(option: string, part: string): BalancedRecError {
  return new BalancedRecError({
    code: 'cli/bad-option',
    message: 'this is not a size',
    place: option,
    expected: 'name=number, with commas between several, for example users=19445,items=7050,image=4096',
    found: JSON.stringify(part),
    remedy: 'write a name, "=" and a whole number without separators',
  });
}

function contradictory(option: string, name: string, text: string): BalancedRecError {
  return new BalancedRecError({
    code: 'cli/bad-option',
    message: `two different sizes for "${name}"`,
    place: option,
    expected: 'one number for each name',
    found: JSON.stringify(text),
    remedy: 'take one of them out',
  });
}
