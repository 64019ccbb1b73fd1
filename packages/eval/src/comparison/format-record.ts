import type { RunRecord } from '../report/run-record.js';

/** A record as JSON that people can read and that does not spend a line on each of a curve's thousands of numbers: one per epoch. */
export function formatRecord({ curve, ...record }: RunRecord): string {
  const head = JSON.stringify({ ...record, curve: [] }, null, 1);
  const points = curve.map((point) => `  ${JSON.stringify(point)}`).join(',\n');
  return `${head.replace(/"curve": \[\]\n\}$/, () => `"curve": [\n${points}\n ]\n}`)}\n`;
}
