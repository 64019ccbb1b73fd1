import type { Summary } from '../summary/summary.js';

/** The summary as JSON, for programs. Holds no times: the same runs give the same bytes. */
export function renderJson(summary: Summary): string {
  return `${JSON.stringify(summary, null, 2)}\n`;
}
