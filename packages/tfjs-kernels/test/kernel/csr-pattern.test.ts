import { describe, expect, it } from 'vitest';
import { CsrPattern } from '../../src/index.ts';
import { pattern } from '../support/numbers.ts';

describe('CsrPattern', () => {
  it.each([
    [
      'the wrong number of offsets',
      { rows: 3, columns: 2, rowOffsets: Int32Array.of(0, 1, 1), columnIndices: Int32Array.of(0) },
      'rowOffsets',
    ],
    [
      'offsets that do not start at 0',
      { rows: 1, columns: 2, rowOffsets: Int32Array.of(1, 1), columnIndices: Int32Array.of(0) },
      'rowOffsets',
    ],
    [
      'offsets that decrease',
      { rows: 2, columns: 2, rowOffsets: Int32Array.of(0, 2, 1), columnIndices: Int32Array.of(0) },
      'rowOffsets',
    ],
    [
      'offsets that end early',
      { rows: 1, columns: 2, rowOffsets: Int32Array.of(0, 1), columnIndices: Int32Array.of(0, 1) },
      'rowOffsets',
    ],
    [
      'a column out of range',
      { rows: 1, columns: 2, rowOffsets: Int32Array.of(0, 1), columnIndices: Int32Array.of(2) },
      'columnIndices[0]',
    ],
    [
      'a negative column',
      { rows: 1, columns: 2, rowOffsets: Int32Array.of(0, 1), columnIndices: Int32Array.of(-1) },
      'columnIndices[0]',
    ],
    ['half a row', { rows: 0.5, columns: 2, rowOffsets: Int32Array.of(0), columnIndices: Int32Array.of() }, 'rows'],
  ])('refuses %s', (_, options, place) => {
    const fault = expect.objectContaining({
      code: 'sparse/invalid-pattern',
      details: expect.objectContaining({ place }),
    });
    expect(() => new CsrPattern(options)).toThrow(fault);
  });

  it('equals the transpose of its transpose, and records where entries come from', () => {
    const original = pattern(17, 11, 3);
    const { pattern: transposed, order } = original.transposed();
    expect([transposed.rows, transposed.columns, transposed.entries]).toEqual([11, 17, original.entries]);
    const [rows, columns] = [original.rowIndices(), transposed.rowIndices()];
    order.forEach((entry, i) => {
      expect([columns[i], transposed.columnIndices[i]]).toEqual([original.columnIndices[entry], rows[entry]]);
    });
    expect(original.transposed()).toBe(original.transposed());
  });
});
