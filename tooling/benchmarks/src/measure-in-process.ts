import { fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { BalancedRecError } from '@balanced-rec/errors';
import type { Report } from './measurement-process.js';
import type { MeasurementName, MeasurementOf, TaskOf } from './measurements.js';

const processFile = fileURLToPath(new URL('./measurement-process.ts', import.meta.url));

/**
 * Measures in a separate process, so that its peak memory is that of the task.
 * @param place what is being measured, for the error if the process crashes
 * @param nodeOptions Node.js options for the process
 * @throws BalancedRecError the task's own error, or `bench/crashed`
 */
export function measureInProcess<Name extends MeasurementName>(
  name: Name,
  place: string,
  task: TaskOf<Name>,
  nodeOptions: readonly string[] = [],
): Promise<MeasurementOf<Name>> {
  return new Promise((resolve, reject) => {
    // Engine output must not end up in the document on stdout.
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
    message: 'the process exited without a result',
    place,
    expected: 'a finished measurement',
    found,
    remedy: 'if it was killed by SIGKILL, the machine may have run out of memory: choose a smaller size',
  });
}
