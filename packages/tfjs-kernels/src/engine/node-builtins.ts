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

/** A module of Node.js, without an import that a bundler for browsers would have to resolve. Call it in Node.js only. */
export function nodeBuiltin<Name extends keyof Builtins>(name: Name): Builtins[Name] {
  return nodeProcess()!.getBuiltinModule(name) as Builtins[Name];
}
