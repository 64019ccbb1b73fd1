import { availableParallelism, freemem, totalmem } from 'node:os';
import { BalancedRecError } from '@balanced-rec/errors';
import { packageVersions } from '@balanced-rec/eval';
import { KNOWN_BACKBONES, loadBackbone } from '@balanced-rec/models';
import { engineNames } from '@balanced-rec/tfjs-kernels';
import { inspectEngine } from '@balanced-rec/tfjs-kernels/provisioning';
import type { Command } from 'commander';
import { describeEngine } from './describe-engine.js';

/** `balanced-rec doctor` */
export function addDoctorCommand(program: Command): void {
  program
    .command('doctor')
    .description('show engines, backbones, versions and memory, and what is missing')
    .action(async () => {
      const print = (line: string) => process.stdout.write(`${line}\n`);
      print('engines');
      const inspections = await Promise.all(engineNames.map(inspectEngine));
      engineNames.forEach((name, i) => {
        const [state, ...details] = describeEngine(name, inspections[i]!);
        print(`  ${name.padEnd(8)} ${state}`);
        for (const detail of details) print(`           ${detail}`);
      });
      const best = engineNames.find((_, i) => inspections[i]!.ready);
      print(`  auto     takes ${best ?? 'none'}: the first of ${engineNames.join(', ')} that loads`);
      print('backbones');
      for (const name of KNOWN_BACKBONES) {
        print(`  ${name.padEnd(8)} ${await attempt(() => loadBackbone(name).then(() => 'installed'))}`);
      }
      print('versions');
      for (const [name, version] of Object.entries(packageVersions())) print(`  ${name} ${version}`);
      print('machine');
      print(`  ${process.platform} ${process.arch}, ${availableParallelism()} cores`);
      print(`  memory ${gigabytes(totalmem())} GB, free ${gigabytes(freemem())} GB`);
    });
}

async function attempt(load: () => Promise<string>): Promise<string> {
  try {
    return await load();
  } catch (error) {
    if (!(error instanceof BalancedRecError)) throw error;
    return `not available: ${error.details.remedy ?? error.details.message}`;
  }
}

function gigabytes(bytes: number): string {
  return (bytes / 1e9).toFixed(1);
}
