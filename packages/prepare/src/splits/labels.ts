/** What a column of splits may say; the position is the label in an MMRec table. Case does not matter. */
export const LABELS: readonly (readonly string[])[] = [
  ['0', 'train', 'training'],
  ['1', 'valid', 'validation', 'val', 'dev'],
  ['2', 'test', 'testing'],
];
