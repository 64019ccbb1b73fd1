import type { Summary } from '../summary/summary.js';

/** How a table's cells came about: `mean ± sample standard deviation over 3 seeds (1, 2, 3)`. */
export function seedsCaption({ seeds, tables, metrics }: Summary): string {
  const counts = new Set<number>();
  for (const metric of metrics) {
    for (const row of tables[metric] ?? []) for (const cell of Object.values(row.cells)) counts.add(cell.seeds.length);
  }
  const [fewest, most] = [Math.min(...counts), Math.max(...counts)];
  if (most === 1) return seeds.length === 1 ? `one seed (${seeds[0]})` : 'one seed per cell';
  const range = fewest === most ? `${most}` : `${fewest} to ${most}`;
  return `mean ± sample standard deviation over ${range} seeds (${seeds.join(', ')})`;
}

/** The number of seeds of the fullest cell of a summary: cells with fewer say so. */
export function usualSeeds({ tables, metric }: Summary): number {
  const rows = tables[metric] ?? [];
  return Math.max(0, ...rows.flatMap((row) => Object.values(row.cells).map((cell) => cell.seeds.length)));
}
