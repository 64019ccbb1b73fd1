import { BalancedRecError } from '@balanced-rec/errors';
import { babyShape, type DataSource } from '../data-shape.js';
import { readShape, type ShapeValues, shapeOptions, shapeUsage } from './shape-options.js';

/** Options for parseArgs. */
export const sourceOptions = { ...shapeOptions, data: { type: 'string' } } as const;

export const sourceUsage = `[--data DIR | ${shapeUsage}]`;

/** The given folder, or the requested shape, by default Amazon Baby's. */
export function readSource(values: ShapeValues & { readonly data?: string | undefined }, seed: number): DataSource {
  if (values.data === undefined) return { shape: readShape(values, babyShape), seed };
  const given = Object.keys(shapeOptions).filter((option) => values[option as keyof ShapeValues] !== undefined);
  if (given.length === 0) return { folder: values.data };
  throw new BalancedRecError({
    code: 'bench/bad-option',
    message: 'the shape of a dataset read from a folder cannot be changed',
    place: '--data',
    expected: 'no shape options together with --data',
    found: given.map((option) => `--${option}`).join(', '),
    remedy: 'leave out either --data or the shape options',
  });
}
