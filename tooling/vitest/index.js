import { fileURLToPath } from 'node:url';

const sourceFirst = ['@balanced-rec/source', 'node', 'import', 'module', 'default'];

/** Tests run against the sources of every workspace package, so they need no build. */
export const preset = {
  resolve: { conditions: sourceFirst },
  ssr: { resolve: { conditions: sourceFirst, externalConditions: sourceFirst } },
  test: {
    include: ['test/**/*.test.ts'],
    pool: 'forks',
    // Files of one package share a process: loading TensorFlow.js and the sources again for each took as long as a third of the tests.
    poolOptions: { forks: { isolate: false } },
    // Generous, because many tests start programs and other work may fill the machine. A file cannot raise it with vi.setConfig: that
    // has no effect once files share a process.
    testTimeout: 240_000,
    hookTimeout: 240_000,
    // CI machines are shared. A test that passed only on its second attempt is named at the end of the run.
    retry: process.env.CI ? 1 : 0,
  },
};

/** The same for tests that start programs of the packages. */
export const presetWithPrograms = {
  ...preset,
  test: { ...preset.test, globalSetup: fileURLToPath(new URL('build-packages.js', import.meta.url)) },
};
