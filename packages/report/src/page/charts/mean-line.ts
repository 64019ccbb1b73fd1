import { dot, lineY, type Markish } from '@observablehq/plot';
import type { Mark } from '../../page-data/page-data.js';
import type { Point } from '../lines.js';
import { colour } from './chart.js';

/** A bold line; a dot where there is one point only. */
export function meanLine(points: readonly Point[], mark: Mark): Markish {
  const place = { x: 'epoch', y: 'value' };
  if (points.length === 1) return dot(points, { ...place, fill: colour(mark), r: 3 });
  const dash = mark.dash === '' ? {} : { strokeDasharray: mark.dash };
  return lineY(points, { ...place, stroke: colour(mark), strokeWidth: 2.25, ...dash });
}
