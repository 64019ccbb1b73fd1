import type { Finding } from '@balanced-rec/datasets';

/** What is untidy in a dataset, as a line: loud where results suffer from it. */
export function describeFinding({ severity, message }: Finding): string {
  return `${severity === 'warning' ? 'WARNING' : 'note'}: ${message}`;
}
