/** The build of every published package: ESM and types, for the oldest Node that the packages support. */
export function preset(entry = ['src/index.ts']) {
  return {
    entry,
    format: ['esm'],
    dts: true,
    clean: true,
    sourcemap: true,
    treeshake: true,
    target: 'node20',
    tsconfig: 'tsconfig.build.json',
  };
}
