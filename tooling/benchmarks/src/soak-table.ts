import type { benchSoak } from './bench-soak.js';

export type SoakMeasurement = Awaited<ReturnType<typeof benchSoak>>;

const megabytes = (bytes: number) => `${(bytes / 1e6).toFixed(1)} MB`;
const count = (value: number) => String(value);

/** What the processes of a soak test held over its second and last quarters, as a Markdown table. */
export function soakTable({ levels: { training, service, rounds } }: SoakMeasurement): string {
  const lines = [
    line('training: resident memory', training.residentBytes, megabytes),
    line('training: open files', training.openFiles, count),
    line('training: threads', training.threads, count),
    line('training: tensors left after a round', rounds.tensors, count),
    line('service: resident memory', service.residentBytes, megabytes),
    line('service: open files', service.openFiles, count),
    line('service: threads', service.threads, count),
  ];
  return ['| median of | second quarter | last quarter |', '| --- | --- | --- |', ...lines].join('\n');
}

function line(
  what: string,
  { secondQuarter, lastQuarter }: { readonly secondQuarter: number; readonly lastQuarter: number },
  written: (value: number) => string,
): string {
  return `| ${what} | ${written(secondQuarter)} | ${written(lastQuarter)} |`;
}
