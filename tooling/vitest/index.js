import { fileURLToPath } from 'node:url';

const sourceFirst = ['@balanced-rec/source', 'node', 'import', 'module', 'default'];

/** Tests run on the sources of every workspace package, so they need no build. */
export const preset = {
  resolve: { conditions: sourceFirst },
  ssr: { resolve: { conditions: sourceFirst, externalConditions: sourceFirst } },
  test: {
    include: ['test/**/*.test.ts'],
    pool: 'forks',
    testTimeout: 60_000,
    hookTimeout: 60_000,
    // On machines that others use too. A test that needed its second try is named at the end of the run.
    retry: process.env.CI ? 1 : 0,
  },
};

/** The same for tests that start programs of the packages. */
export const presetWithPrograms = {
  ...preset,
  test: { ...preset.test, globalSetup: fileURLToPath(new URL('build-packages.js', import.meta.url)) },
};
