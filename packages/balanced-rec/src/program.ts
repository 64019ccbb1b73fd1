import { readFileSync } from 'node:fs';
import { Command } from 'commander';
import { addCancelCommand } from './commands/cancel-command.js';
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
import { refuseEmpty } from './options/refuse-empty.js';

/** The commands that need a package of their own, with the name of that package. */
const EXTRA_PACKAGES: Readonly<Record<string, string>> = {
  prepare: '@balanced-rec/prepare',
  features: '@balanced-rec/features',
  serve: '@balanced-rec/serve',
  worker: '@balanced-rec/queue',
  cancel: '@balanced-rec/queue',
};

/** The commands whose only result is what they print. */
const PRINTING: ReadonlySet<string> = new Set(['report', 'evaluate', 'recommend', 'check', 'doctor']);

/** Whether a command does nothing that outlasts what it prints. */
export function printsOnly(command: Command): boolean {
  return PRINTING.has(command.name());
}

/**
 * The command line with all its commands, ready to parse arguments. Help, the version and bad arguments end it with a
 * CommanderError instead of the process, so that what was printed is written out first.
 */
export function createProgram(): Command {
  const { version } = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8'));
  const program = new Command('balanced-rec')
    .description(
      'Standardized comparisons of multimodal recommenders, with and without Counterfactual Knowledge Distillation.',
    )
    .version(version)
    // Before the commands, which inherit it.
    .exitOverride()
    .hook('preAction', (_, command) => refuseEmpty(command));
  addCompareCommand(program);
  addWorkerCommand(program);
  addCancelCommand(program);
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
  for (const command of program.commands) {
    const extra = EXTRA_PACKAGES[command.name()];
    if (extra) command.description(`${command.description()} (requires \`npm install ${extra}\`)`);
  }
  return program;
}
