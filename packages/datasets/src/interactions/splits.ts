/** The three splits; the position of each is its `x_label` in an MMRec table. */
export const SPLITS = ['train', 'validation', 'test'] as const;

export type Split = (typeof SPLITS)[number];
