import { random } from './numbers.ts';
import { CsrPattern } from './package.ts';

/** A pattern with rows of 0 to 9 entries, each third row empty, columns in no order and some twice. */
export function pattern(rows: number, columns: number, seed: number): CsrPattern {
  const next = random(seed);
  const rowOffsets = new Int32Array(rows + 1);
  const columnIndices: number[] = [];
  for (let r = 0; r < rows; r++) {
    const degree = r % 3 === 1 || columns === 0 ? 0 : Math.floor(next() * 10);
    for (let i = 0; i < degree; i++) columnIndices.push(Math.floor(next() * columns));
    rowOffsets[r + 1] = columnIndices.length;
  }
  return new CsrPattern({ rows, columns, rowOffsets, columnIndices: Int32Array.from(columnIndices) });
}
