import { modalityOf } from '../labels/variant-order.js';
import type { Mark } from '../page-data/page-data.js';

/** Palette slots (see page-style.ts) of plain and ckd, of modalities, and of everything else. */
const MODALITY_SLOTS = [2, 3, 6];
const OTHER_SLOTS = [4, 5, 6, 2, 3];
const OTHER_DASHES = ['2 3', '9 3 2 3', '5 2'];

/** Gives every variant of a report its line style, the same in each of its charts. */
export function variantMarks(variants: readonly string[]): Map<string, Mark> {
  const modalities = variants.filter((variant) => modalityOf(variant) !== undefined);
  const others = variants.filter((variant) => !['plain', 'ckd', ...modalities].includes(variant));
  return new Map(
    variants.map((variant): [string, Mark] => {
      if (variant === 'plain') return [variant, { slot: 0, dash: '' }];
      if (variant === 'ckd') return [variant, { slot: 1, dash: '' }];
      const modality = modalities.indexOf(variant);
      if (modality >= 0) return [variant, { slot: cycled(MODALITY_SLOTS, modality), dash: '7 4' }];
      const other = others.indexOf(variant);
      return [variant, { slot: cycled(OTHER_SLOTS, other), dash: cycled(OTHER_DASHES, other) }];
    }),
  );
}

function cycled<T>(values: readonly T[], at: number): T {
  return values[at % values.length]!;
}
