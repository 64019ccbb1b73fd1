import { BalancedRecError } from '@balanced-rec/errors';
import { babyShape, type DataSource } from '../data-shape.js';
import { readShape, type ShapeValues, shapeOptions, shapeUsage } from './shape-options.js';

/** For parseArgs. */
export const sourceOptions = { ...shapeOptions, data: { type: 'string' } } as const;

export const sourceUsage = `[--data DIR | ${shapeUsage}]`;

/** The folder that was named, or the shape that was asked for: Amazon Baby's by default. */
export function readSource(values: ShapeValues & { readonly data?: string | undefined }, seed: number): DataSource {
  if (values.data === undefined) return { shape: readShape(values, babyShape), seed };
  const given = Object.keys(shapeOptions).filter((option) => values[option as keyof ShapeValues] !== undefined);
  if (given.length === 0) return { folder: values.data };
  throw new BalancedRecError({
    code: 'bench/bad-option',
    message: 'a dataset in a folder has the shape that it has',
    place: '--data',
    expected: 'no option of a shape beside it',
    found: given.map((option) => `--${option}`).join(', '),
    remedy: 'leave out --data, or the others',
  });
}
