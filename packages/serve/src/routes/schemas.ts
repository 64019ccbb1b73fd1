import type { Ids } from '@balanced-rec/ckd-core';
import { faultSchema } from '../fault-answer.js';

/** An id as it stands in JSON: a text if it is an original one, else a number. */
export function idSchema(ids: Ids): object {
  return ids.areOriginal
    ? { type: 'string', minLength: 1, maxLength: 512 }
    : { type: 'integer', minimum: 0, maximum: ids.count - 1 };
}

export function idsSchema(ids: Ids, maxItems: number, description: string): object {
  return { type: 'array', minItems: 1, maxItems, items: idSchema(ids), description };
}

export function kSchema(limit: number): object {
  return { type: 'integer', minimum: 1, maximum: limit, default: Math.min(10, limit), description: 'length of a list' };
}

export const idInPath = {
  type: 'object',
  required: ['id'],
  properties: { id: { type: 'string', minLength: 1, maxLength: 512 } },
} as const;

/** Items with scores, best first. */
export function listSchema(items: Ids): object {
  return {
    type: 'array',
    items: {
      type: 'object',
      required: ['item', 'score'],
      properties: { item: idSchema(items), score: { type: 'number' } },
    },
  };
}

/** The answers that are no success, by status. */
export function faults(...statuses: readonly number[]): Record<number, object> {
  return Object.fromEntries(statuses.map((status) => [status, { description: 'refused', ...faultSchema }]));
}
