import { builtinModules } from 'node:module';
import { BalancedRecError } from '@balanced-rec/errors';

/** What a backbone is called where. */
export interface BackboneName {
  /** The npm package: `@mine/two-towers`. */
  readonly packageName: string;
  /** The package without its scope, also the backbone's name and its folder's: `two-towers`. */
  readonly name: string;
  /** In code: `twoTowers`. */
  readonly identifier: string;
  /** Of types: `TwoTowers`. */
  readonly typeName: string;
}

/** npm's rules, narrowed to what makes an identifier too: words of lower-case letters and digits, joined by hyphens. */
const rule = /^(?:@[a-z0-9][a-z0-9-]*\/)?[a-z][a-z0-9]*(?:-[a-z0-9]+)*$/;
/** The longest that npm allows. */
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
    throw badName(packageName, `lower-case letters, digits and hyphens, at most ${longest}, with or without a @scope/`);
  }
  const name = packageName.slice(packageName.indexOf('/') + 1);
  if (ofJavaScript.has(name) || builtinModules.includes(name)) {
    throw badName(packageName, 'no word of JavaScript and no module of Node.js');
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
    message: 'a backbone cannot have that name',
    place: 'name',
    expected,
    found: found || '(nothing)',
    remedy: 'for example "two-towers"',
  });
}
