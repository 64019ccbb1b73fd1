import { BalancedRecError } from '@balanced-rec/errors';
import { backboneNames } from './backbone-names.js';
import type { Command } from './commands/command.js';
import { distributedCommand } from './commands/distributed-command.js';
import { evaluateCommand } from './commands/evaluate-command.js';
import { faultsCommand } from './commands/faults-command.js';
import { graphCommand } from './commands/graph-command.js';
import { kernelsCommand } from './commands/kernels-command.js';
import { memoryCommand } from './commands/memory-command.js';
import { prepareCommand } from './commands/prepare-command.js';
import { readCommand } from './commands/read-command.js';
import { scaleCommand } from './commands/scale-command.js';
import { serveCommand } from './commands/serve-command.js';
import { soakCommand } from './commands/soak-command.js';
import { stepCommand } from './commands/step-command.js';
import { synthCommand } from './commands/synth-command.js';
import { tableCommand } from './commands/table-command.js';
import { trainCommand } from './commands/train-command.js';
import { describeMachine } from './machine.js';

// Commands import computing code only when they run, because a child process may start at this process's peak memory.
const commands: Readonly<Record<string, Command>> = {
  train: trainCommand,
  evaluate: evaluateCommand,
  scale: scaleCommand,
  kernels: kernelsCommand,
  step: stepCommand,
  graph: graphCommand,
  table: tableCommand,
  synth: synthCommand,
  read: readCommand,
  prepare: prepareCommand,
  serve: serveCommand,
  distributed: distributedCommand,
  soak: soakCommand,
  faults: faultsCommand,
  memory: memoryCommand,
};

const usage = [
  'usage:',
  ...Object.entries(commands).map(([name, command]) => `  pnpm bench ${name} ${command.usage}`),
  `BACKBONE is one of ${backboneNames.join(', ')}; ENGINE is auto, gpu, native, wasm or cpu.`,
  'Prints one JSON document with the machine, the settings and the measurements.',
].join('\n');

async function main([name = '', ...args]: string[]): Promise<number> {
  const command = Object.hasOwn(commands, name) ? commands[name] : undefined;
  if (!command) {
    console.error(usage);
    return 2;
  }
  const machine = describeMachine();
  const result = await command.run(args);
  process.stdout.write(`${JSON.stringify({ benchmark: name, machine, ...result }, null, 2)}\n`);
  return 0;
}

/** Whether this is the error parseArgs throws for an unknown option. */
function isUsageError(error: unknown): error is TypeError {
  return error instanceof TypeError && String((error as NodeJS.ErrnoException).code).startsWith('ERR_PARSE_ARGS');
}

try {
  process.exitCode = await main(process.argv.slice(2));
} catch (error) {
  if (isUsageError(error)) console.error(`${error.message}\n${usage}`);
  else console.error(error instanceof BalancedRecError ? error.message : error);
  process.exitCode = 1;
}
