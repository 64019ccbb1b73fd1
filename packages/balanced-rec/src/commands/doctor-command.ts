import { availableParallelism, totalmem } from 'node:os';
import { BalancedRecError } from '@balanced-rec/errors';
import { gigabytes, type Machine, packageVersions, thisMachine } from '@balanced-rec/eval';
import { KNOWN_BACKBONES, loadBackbone } from '@balanced-rec/models';
import { type EngineName, engineNames } from '@balanced-rec/tfjs-kernels';
import {
  cacheFolder,
  type EngineInspection,
  engineState,
  inspectEngine,
} from '@balanced-rec/tfjs-kernels/provisioning';
import type { Command } from 'commander';

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
      print(`  auto     picks ${best ?? 'none'}: the first of ${engineNames.join(', ')} that loads`);
      print('backbones');
      for (const name of KNOWN_BACKBONES) {
        print(`  ${name.padEnd(8)} ${await attempt(() => loadBackbone(name).then(() => 'installed'))}`);
      }
      print('versions');
      for (const [name, version] of Object.entries(packageVersions())) print(`  ${name} ${version}`);
      print('machine');
      for (const line of describeMachine(thisMachine())) print(`  ${line}`);
    });
}

/** What `compare` may use, and in a container, what its host has. */
function describeMachine({ cores, cpuQuota, totalBytes, freeBytes }: Machine): string[] {
  const ofQuota =
    cpuQuota === undefined ? '' : `; a CPU quota of ${Number(cpuQuota.toFixed(2))} leaves ${cores} for runs`;
  const ofHost = totalBytes < totalmem() ? ` (a limit; the machine has ${gigabytes(totalmem())} GB)` : '';
  return [
    `${process.platform} ${process.arch}, ${availableParallelism()} cores${ofQuota}`,
    `memory ${gigabytes(totalBytes)} GB${ofHost}, free ${gigabytes(freeBytes)} GB`,
  ];
}

/** An engine's state in one line, followed by its details. */
function describeEngine(name: EngineName, inspection: EngineInspection): string[] {
  if (!inspection.ready) return [`not available: ${inspection.why}`, `to get it: ${inspection.remedy || 'see above'}`];
  const { version, tensorflow, addons } = inspection;
  const state = `ready, TensorFlow.js ${version}${tensorflow === undefined ? '' : `, TensorFlow ${tensorflow}`}`;
  if (name !== 'native' && name !== 'gpu') return [state];
  const binding = addons.find((file) => file.endsWith('tfjs_binding.node'));
  const kernels = addons.find((file) => file.endsWith('balanced_rec_kernels.node'));
  const origin = binding?.startsWith(cacheFolder()) ? `balanced-rec engine ${name}` : "its package's own install step";
  return [
    state,
    `binding from ${origin}: ${binding}`,
    kernels === undefined ? "our kernels: composed from TensorFlow's operations" : `our kernels: ${kernels}`,
    ...(engineState(name) === 'current'
      ? []
      : [`for everything that this version compiles: npx balanced-rec engine ${name}`]),
  ];
}

async function attempt(load: () => Promise<string>): Promise<string> {
  try {
    return await load();
  } catch (error) {
    if (!(error instanceof BalancedRecError)) throw error;
    return `not available: ${error.details.remedy ?? error.details.message}`;
  }
}
