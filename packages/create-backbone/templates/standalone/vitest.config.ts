import { defineConfig } from 'vitest/config';

// Processes rather than threads, since engines keep memory of their own; and time for training.
export default defineConfig({ test: { pool: 'forks', testTimeout: 60_000 } });
