import { pnpm, run } from '../scripts/steps.mjs';

/**
 * Builds the packages before tests that start their programs. Built, as users have it, the command line starts in a third of the time
 * that it takes from TypeScript, and the tests start it hundreds of times. Turbo builds only what has changed.
 */
export default function buildPackages() {
  // Several projects of one test run ask for it. Where turbo runs the tests, it has built the packages.
  if (process.env.BALANCED_REC_BUILT || process.env.TURBO_HASH) return;
  const { ok, why } = run([...pnpm, 'exec', 'turbo', 'run', 'build', '--output-logs=errors-only']);
  if (!ok) throw new Error(`the packages do not build (${why})`);
  process.env.BALANCED_REC_BUILT = '1';
}
