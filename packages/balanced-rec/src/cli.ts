#!/usr/bin/env node
import { BalancedRecError } from '@balanced-rec/errors';
import { CommanderError } from 'commander';
import { WatchedOutput } from './output/watched-output.js';
import { createProgram, printsOnly } from './program.js';

const output = new WatchedOutput();

try {
  await run();
  await output.expectWritten();
} catch (error) {
  // Not rethrown: the wasm engine's uncaught-exception handler would print its own minified source.
  const isOurs = error instanceof BalancedRecError;
  process.stderr.write(isOurs ? `error ${error.code}\n${error.message}\n` : `${(error as Error).stack ?? error}\n`);
  // A request to a store that does not answer would keep this process for minutes.
  if (isOurs && error.code === 'cli/interrupted') process.exit(130);
  process.exitCode = 1;
}

async function run(): Promise<void> {
  const program = createProgram();
  program.hook('preAction', (_, command) => {
    if (!printsOnly(command)) output.beginWork();
  });
  try {
    await program.parseAsync();
  } catch (error) {
    // Commander has printed what this is about: help, the version, or what is wrong with the arguments.
    if (!(error instanceof CommanderError)) throw error;
    process.exitCode = error.exitCode;
  }
}
