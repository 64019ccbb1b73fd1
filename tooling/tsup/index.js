/** Bundles a published package as ES modules, for the oldest Node.js that the packages support. `tsc` then writes its types. */
export function preset(entry = ['src/index.ts']) {
  return {
    entry,
    format: ['esm'],
    clean: true,
    sourcemap: true,
    treeshake: true,
    target: 'node20',
    tsconfig: 'tsconfig.build.json',
  };
}
