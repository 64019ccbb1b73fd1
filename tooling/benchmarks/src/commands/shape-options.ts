import { BalancedRecError } from '@balanced-rec/errors';
import type { DataShape } from '../data-shape.js';
import { positiveInteger, wholeNumber } from '../option-values.js';

/** Options for parseArgs. */
export const shapeOptions = {
  users: { type: 'string' },
  items: { type: 'string' },
  interactions: { type: 'string' },
  'image-dim': { type: 'string' },
  'text-dim': { type: 'string' },
} as const;

export type ShapeValues = { readonly [option in keyof typeof shapeOptions]?: string | undefined };

export const shapeUsage = '[--users N] [--items N] [--interactions N] [--image-dim N] [--text-dim N]';

/** The requested shape, with values from `base` for omitted options. */
export function readShape(values: ShapeValues, base: DataShape): DataShape {
  const shape = {
    users: positiveInteger('--users', values.users ?? `${base.users}`),
    items: positiveInteger('--items', values.items ?? `${base.items}`),
    interactions: positiveInteger('--interactions', values.interactions ?? `${base.interactions}`),
    imageDim: wholeNumber('--image-dim', values['image-dim'] ?? `${base.imageDim}`),
    textDim: wholeNumber('--text-dim', values['text-dim'] ?? `${base.textDim}`),
  };
  if (shape.imageDim + shape.textDim === 0) throw noModality();
  // Users draw items at random until they get new ones, which is slow if they should have nearly all items.
  const most = Math.floor((shape.users * shape.items) / 4);
  const fewest = 2 * shape.users;
  if (shape.interactions >= fewest && shape.interactions <= most) return shape;
  throw new BalancedRecError({
    code: 'bench/bad-option',
    message: 'this number of training interactions cannot be generated',
    place: '--interactions',
    expected: `${fewest} (2 for each of ${shape.users} users) to ${most} (a quarter of users x items)`,
    found: `${shape.interactions}`,
    remedy: 'change --interactions, --users or --items',
  });
}

function noModality(): BalancedRecError {
  return new BalancedRecError({
    code: 'bench/bad-option',
    message: 'a dataset needs the features of at least one modality',
    place: '--image-dim, --text-dim',
    expected: 'at least one of them above 0',
    found: '0 for both',
    remedy: 'set one of them to a number of columns',
  });
}
