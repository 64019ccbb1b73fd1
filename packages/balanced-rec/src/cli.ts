#!/usr/bin/env node
import { readFileSync } from 'node:fs';
import { BalancedRecError } from '@balanced-rec/errors';
import { Command } from 'commander';
import { addCheckCommand } from './commands/check-command.js';
import { addCompareCommand } from './commands/compare-command.js';
import { addDoctorCommand } from './commands/doctor-command.js';
import { addEngineCommand } from './commands/engine-command.js';
import { addEvaluateCommand } from './commands/evaluate-command.js';
import { addExportCommand } from './commands/export-command.js';
import { addFeaturesCommand } from './commands/features-command.js';
import { addPrepareCommand } from './commands/prepare-command.js';
import { addRecommendCommand } from './commands/recommend-command.js';
import { addReportCommand } from './commands/report-command.js';
import { addServeCommand } from './commands/serve-command.js';
import { addSynthCommand } from './commands/synth-command.js';
import { addTrainCommand } from './commands/train-command.js';
import { addWorkerCommand } from './commands/worker-command.js';

const { version } = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8'));
const program = new Command('balanced-rec')
  .description(
    'Standardized comparisons of multimodal recommenders, with and without Counterfactual Knowledge Distillation.',
  )
  .version(version);
addCompareCommand(program);
addWorkerCommand(program);
addReportCommand(program);
addTrainCommand(program);
addEvaluateCommand(program);
addRecommendCommand(program);
addExportCommand(program);
addServeCommand(program);
addCheckCommand(program);
addFeaturesCommand(program);
addSynthCommand(program);
addPrepareCommand(program);
addDoctorCommand(program);
addEngineCommand(program);

// The reader may close the pipe early: `balanced-rec report DIR --format csv | head`.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
  process.exit(0);
});

try {
  await program.parseAsync();
} catch (error) {
  // Not rethrown: the wasm engine's uncaught-exception handler would print its own minified source.
  const isOurs = error instanceof BalancedRecError;
  process.stderr.write(isOurs ? `error ${error.code}\n${error.message}\n` : `${(error as Error).stack ?? error}\n`);
  process.exitCode = isOurs && error.code === 'cli/interrupted' ? 130 : 1;
}
