import { availableParallelism } from 'node:os';
import { defineConfig } from 'vitest/config';
import { preset } from './tooling/vitest/index.js';

// As many workers as cores, because many tests wait for programs they start.
const maxWorkers = availableParallelism();

export default defineConfig({
  test: {
    projects: ['packages/*', 'tooling/*/vitest.config.ts'],
    maxWorkers,
    // A run of all projects reads this here alone, not in theirs.
    poolOptions: preset.test.poolOptions,
  },
});
