import { fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { BalancedRecError } from '@balanced-rec/errors';
import type { Report } from './measurement-process.js';
import type { MeasurementName, MeasurementOf, TaskOf } from './measurements.js';

const processFile = fileURLToPath(new URL('./measurement-process.ts', import.meta.url));

/**
 * Measures in a process of its own, whose peak of memory is then that of the task.
 * @param place what is measured, for the error of a process that crashes
 * @param nodeOptions for the process
 * @throws BalancedRecError what the task throws, or `bench/crashed`
 */
export function measureInProcess<Name extends MeasurementName>(
  name: Name,
  place: string,
  task: TaskOf<Name>,
  nodeOptions: readonly string[] = [],
): Promise<MeasurementOf<Name>> {
  return new Promise((resolve, reject) => {
    // What an engine prints must not get into the document on stdout.
    const child = fork(processFile, {
      stdio: ['ignore', 2, 'inherit', 'ipc'],
      execArgv: [...process.execArgv, ...nodeOptions],
    });
    let report: Report | undefined;
    child.on('message', (message: Report) => {
      report = message;
    });
    child.on('error', reject);
    child.once('exit', (code, killedBy) => {
      if (!report) reject(crash(place, killedBy ?? `exit code ${code}`));
      else if ('measurement' in report) resolve(report.measurement as MeasurementOf<Name>);
      else reject('details' in report ? new BalancedRecError(report.details) : new Error(report.stack));
    });
    child.send({ name, task });
  });
}

function crash(place: string, found: string): BalancedRecError {
  return new BalancedRecError({
    code: 'bench/crashed',
    message: 'its process ended without a result',
    place,
    expected: 'a finished measurement',
    found,
    remedy: 'with SIGKILL, the machine may have run out of memory: ask for less',
  });
}
