/** Takes one line of what provisioning says. */
export type Report = (line: string) => void;

/** Does a step, and says in one line what it did and how long it took. */
export async function step<Result>(
  report: Report,
  what: string,
  run: () => Promise<Result>,
  outcome: (result: Result) => string = () => 'done',
): Promise<Result> {
  const start = performance.now();
  const result = await run();
  report(`${what}: ${outcome(result)} (${((performance.now() - start) / 1000).toFixed(1)} s)`);
  return result;
}

export function megabytes(bytes: number): string {
  return `${(bytes / 1e6).toFixed(0)} MB`;
}
