type Util = Record<string, unknown>;

interface Builtins {
  'node:child_process': typeof import('node:child_process');
  'node:fs': typeof import('node:fs');
  'node:module': typeof import('node:module');
  'node:os': typeof import('node:os');
  'node:path': typeof import('node:path');
}

/** The part of Node.js's `process` that engines need; undefined in browsers. */
export function nodeProcess(): NodeJS.Process | undefined {
  const { process } = globalThis as { process?: NodeJS.Process };
  return process?.versions?.node === undefined ? undefined : process;
}

/** A Node.js module, without an import that a browser bundler would have to resolve. Only call this in Node.js. */
export function nodeBuiltin<Name extends keyof Builtins>(name: Name): Builtins[Name] {
  return nodeProcess()!.getBuiltinModule(name) as Builtins[Name];
}

/** tfjs-node 4.22 calls node:util functions that Node.js 23 removed or deprecated with a warning. This installs silent replacements. */
export function patchNodeUtil(): void {
  const { process } = globalThis as { process?: { getBuiltinModule?: (name: string) => Util } };
  const util = process?.getBuiltinModule?.('node:util');
  if (util === undefined) return;
  for (const [name, replacement] of Object.entries(replacements)) util[name] = replacement;
}

const replacements: Record<string, (value: unknown) => boolean> = {
  isArray: Array.isArray,
  isBoolean: (value) => typeof value === 'boolean',
  isDate: (value) => value instanceof Date,
  isError: (value) => value instanceof Error,
  isFunction: (value) => typeof value === 'function',
  isNull: (value) => value === null,
  isNullOrUndefined: (value) => value === null || value === undefined,
  isNumber: (value) => typeof value === 'number',
  isObject: (value) => value !== null && typeof value === 'object',
  isPrimitive: (value) => value === null || (typeof value !== 'object' && typeof value !== 'function'),
  isRegExp: (value) => value instanceof RegExp,
  isString: (value) => typeof value === 'string',
  isSymbol: (value) => typeof value === 'symbol',
  isUndefined: (value) => value === undefined,
};
