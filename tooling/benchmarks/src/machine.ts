import { availableParallelism, cpus, loadavg, totalmem } from 'node:os';

/** What a timing depends on besides the code. The load average shows whether the machine was idle. */
export function describeMachine() {
  return {
    measuredAt: new Date().toISOString(),
    platform: `${process.platform} ${process.arch}`,
    cpu: cpus()[0]?.model ?? 'unknown',
    cores: availableParallelism(),
    memoryGB: Math.round(totalmem() / 1e9),
    node: process.versions.node,
    loadAverageBefore: loadavg().map((load) => Math.round(load * 100) / 100),
  };
}
