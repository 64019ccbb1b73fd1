import type { ComparisonProgress } from './comparison-progress.js';
import { footer } from './footer.js';
import { runTable } from './run-table.js';
import type { TextStyle } from './text-style.js';

/** A comparison as at most `rows` lines of at most `columns`: the table of the runs in progress, the latest where not all fit, and a footer. */
export function liveTable(progress: ComparisonProgress, columns: number, rows: number, style: TextStyle): string[] {
  const { running, failed } = progress;
  const last = footer(progress, columns);
  const lines = [failed > 0 ? style.bad(last) : style.faint(last)];
  // A header needs a run below it and the footer.
  const fitting = running.slice(running.length - Math.max(0, Math.min(running.length, rows - 2)));
  if (fitting.length > 0) {
    const [header, ...table] = runTable(fitting, columns);
    lines.unshift(style.faint(header!), ...table);
  }
  return lines.slice(0, Math.max(0, rows));
}
