import { builtinModules } from 'node:module';
import { BalancedRecError } from '@balanced-rec/errors';

/** A backbone's name in each of its forms. */
export interface BackboneName {
  /** The npm package: `@mine/two-towers`. */
  readonly packageName: string;
  /** The package name without its scope, which is also the name of the backbone and of its folder: `two-towers`. */
  readonly name: string;
  /** The name of its value in code: `twoTowers`. */
  readonly identifier: string;
  /** The prefix of its types: `TwoTowers`. */
  readonly typeName: string;
}

/** npm's rules, narrowed to names that also make an identifier: words of lower-case letters and digits, joined by hyphens. */
const rule = /^(?:@[a-z0-9][a-z0-9-]*\/)?[a-z][a-z0-9]*(?:-[a-z0-9]+)*$/;
/** npm's limit on the length of a name. */
const longest = 214;
const ofJavaScript = new Set(
  (
    'arguments async await break case catch class const continue debugger default delete do else enum eval export extends ' +
    'false finally for function if implements import in instanceof interface let new null package private protected public ' +
    'return static super switch this throw true try typeof undefined var void while with yield'
  ).split(' '),
);

/**
 * Reads a package name, with or without a scope.
 * @throws BalancedRecError `create/bad-name`
 */
export function backboneName(packageName: string): BackboneName {
  if (!rule.test(packageName) || packageName.length > longest) {
    throw badName(packageName, `at most ${longest} lower-case letters, digits and hyphens, optionally with a @scope/`);
  }
  const name = packageName.slice(packageName.indexOf('/') + 1);
  if (ofJavaScript.has(name) || builtinModules.includes(name)) {
    throw badName(packageName, 'a name that is neither a JavaScript reserved word nor a Node.js module');
  }
  const typeName = name
    .split('-')
    .map((word) => word[0]!.toUpperCase() + word.slice(1))
    .join('');
  return { packageName, name, identifier: typeName[0]!.toLowerCase() + typeName.slice(1), typeName };
}

function badName(found: string, expected: string): BalancedRecError {
  return new BalancedRecError({
    code: 'create/bad-name',
    message: 'this is not a valid backbone name',
    place: 'name',
    expected,
    found: found || '(nothing)',
    remedy: 'choose another name, for example "two-towers"',
  });
}
