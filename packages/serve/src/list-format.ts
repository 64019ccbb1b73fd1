import type { Ids, Recommendation } from '@balanced-rec/ckd-core';
import type { FastifyRequest } from 'fastify';

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

/** Makes a number of the text that `k` is in an address, before it is validated; what is no plain number stays, and is refused. */
export async function numberInQuery({ query }: FastifyRequest): Promise<void> {
  const parameters = query as Record<string, unknown>;
  if (typeof parameters.k === 'string' && /^\d{1,9}$/.test(parameters.k)) parameters.k = Number(parameters.k);
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

/** A list as it is answered. */
export function namedList(
  ids: Ids,
  { items, scores }: Pick<Recommendation, 'items' | 'scores'>,
): { item: string | number; score: number }[] {
  return Array.from(items, (item, rank) => ({ item: ids.idOf(item), score: scores[rank]! }));
}
