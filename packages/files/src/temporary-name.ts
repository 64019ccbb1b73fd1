let serial = 0;

/** A name beside `path` that no other writer uses, from which it can be told who did: `<path>.tmp-<process>-<serial>`. */
export function temporaryName(path: string): string {
  serial += 1;
  return `${path}.tmp-${process.pid}-${serial}`;
}

/** The process in a temporary name. */
export const WRITER = /\.tmp-(\d+)-\d+$/;
