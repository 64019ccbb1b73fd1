import { BalancedRecError } from '@balanced-rec/errors';

/** What a package was named for. */
export interface NamedPackage {
  readonly kind: 'backbone' | 'variant' | 'encoder' | 'features' | 'prepare' | 'queue' | 'serve';
  readonly name: string;
  readonly specifier: string;
  readonly place: string;
}

export function notInstalled({ kind, name, specifier, place }: NamedPackage): BalancedRecError {
  return new BalancedRecError({
    code: `${kind}/not-installed`,
    message: `the ${kind} ${name} is not installed`,
    place,
    expected: `the package ${specifier}`,
    found: `no such package beside balanced-rec or from ${process.cwd()}`,
    remedy: /^\.{0,2}[\\/]/.test(specifier) ? 'check the path' : `npm install ${specifier}`,
  });
}

export function brokenPackage({ kind, specifier, place }: NamedPackage, cause: unknown): BalancedRecError {
  return new BalancedRecError({
    code: `${kind}/broken-package`,
    message: `the package ${specifier} cannot be imported`,
    place,
    expected: 'a package that loads in Node.js',
    found: String(cause).split('\n')[0]!,
    remedy: 'mend the package, or install what it needs',
    cause,
  });
}
