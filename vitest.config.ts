import { availableParallelism } from 'node:os';
import { defineConfig } from 'vitest/config';

// Many tests wait for programs that they start.
const maxWorkers = availableParallelism();

export default defineConfig({ test: { projects: ['packages/*', 'tooling/*/vitest.config.ts'], maxWorkers } });
