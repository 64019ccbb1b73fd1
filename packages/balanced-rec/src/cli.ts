#!/usr/bin/env node
import { BalancedRecError } from '@balanced-rec/errors';
import { createProgram } from './program.js';

// The reader may close the pipe early: `balanced-rec report DIR --format csv | head`.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
  process.exit(0);
});

try {
  await createProgram().parseAsync();
} catch (error) {
  // Not rethrown: the wasm engine's uncaught-exception handler would print its own minified source.
  const isOurs = error instanceof BalancedRecError;
  process.stderr.write(isOurs ? `error ${error.code}\n${error.message}\n` : `${(error as Error).stack ?? error}\n`);
  // A request to a store that does not answer would keep this process for minutes.
  if (isOurs && error.code === 'cli/interrupted') process.exit(130);
  process.exitCode = 1;
}
