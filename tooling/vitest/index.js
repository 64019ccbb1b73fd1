const sourceFirst = ['@balanced-rec/source', 'node', 'import', 'module', 'default'];

/** Tests run on the sources of every workspace package, so they need no build. */
export const preset = {
  resolve: { conditions: sourceFirst },
  ssr: { resolve: { conditions: sourceFirst, externalConditions: sourceFirst } },
  test: { include: ['test/**/*.test.ts'], pool: 'forks', testTimeout: 60_000, hookTimeout: 60_000 },
};
