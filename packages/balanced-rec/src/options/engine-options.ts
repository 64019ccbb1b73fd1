import { engineNames } from '@balanced-rec/tfjs-kernels';
import type { Command } from 'commander';

/** The options of every command that computes with a backbone. */
export interface EngineFlags {
  readonly engine: string;
  readonly package?: string | undefined;
}

const engines = ['auto', ...engineNames];

/** Adds the options for the engine and for a backbone's package. */
export function withEngineOptions(command: Command): Command {
  return command
    .option('-e, --engine <name>', `${engines.slice(0, -1).join(', ')} or ${engines.at(-1)}`, 'auto')
    .option('--package <name>', 'the package to import the backbone from, for a third-party backbone');
}
