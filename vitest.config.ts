import { availableParallelism } from 'node:os';
import { defineConfig } from 'vitest/config';

// As many workers as cores, because many tests wait for programs they start.
const maxWorkers = availableParallelism();

export default defineConfig({
  test: {
    projects: ['packages/*', 'tooling/*/vitest.config.ts'],
    maxWorkers,
    // Read here for all projects; the preset has it for runs in one package.
    poolOptions: { forks: { isolate: false } },
  },
});
