import { pnpm, run } from '../../../../tooling/scripts/steps.mjs';

/**
 * Builds the command line before its tests. Built, as users run it, it starts in a third of the time that TypeScript takes, and the
 * tests start it some hundred times. Turbo builds only what has changed.
 */
export default function buildCommand() {
  const { ok, why } = run([...pnpm, 'exec', 'turbo', 'run', 'build', '--filter=balanced-rec...', '--output-logs=errors-only']);
  if (!ok) throw new Error(`the command line does not build (${why})`);
}
