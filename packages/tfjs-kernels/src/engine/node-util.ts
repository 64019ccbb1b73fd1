type Util = Record<string, unknown>;

/** tfjs-node 4.22 calls functions of node:util that Node.js 23 removed, or warns of when they are called. Puts silent ones there. */
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
