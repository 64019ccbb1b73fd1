import { engineNames } from '@balanced-rec/tfjs-kernels';
import type { Command } from 'commander';

/** The options of every command that computes with a backbone. */
export interface EngineFlags {
  readonly engine: string;
  readonly package?: string | undefined;
}

const engines = ['auto', ...engineNames];

/** Adds the engine to compute on, and the package of a backbone. */
export function withEngineOptions(command: Command): Command {
  return command
    .option('-e, --engine <name>', `${engines.slice(0, -1).join(', ')} or ${engines.at(-1)}`, 'auto')
    .option('--package <name>', "the package to import the backbone from, if it is not one of this project's");
}
