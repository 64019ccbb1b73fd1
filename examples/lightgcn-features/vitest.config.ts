import { defineConfig } from 'vitest/config';

// Processes rather than threads, because engines keep their own memory. The timeout leaves time for training.
export default defineConfig({ test: { pool: 'forks', testTimeout: 60_000 } });
