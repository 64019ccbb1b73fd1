import type { Ids, Recommendation } from '@balanced-rec/ckd-core';
import type { FastifyRequest } from 'fastify';

/** The JSON schema of an id: a string for original ids, otherwise a number. */
export function idSchema(ids: Ids): object {
  return ids.areOriginal
    ? { type: 'string', minLength: 1, maxLength: 512 }
    : { type: 'integer', minimum: 0, maximum: ids.count - 1 };
}

export function idsSchema(ids: Ids, maxItems: number, description: string): object {
  return { type: 'array', minItems: 1, maxItems, items: idSchema(ids), description };
}

export function kSchema(limit: number): object {
  return {
    type: 'integer',
    minimum: 1,
    maximum: limit,
    default: Math.min(10, limit),
    description: 'the length of a list',
  };
}

/** Converts `k` in the query string to a number before validation. Anything that is not a plain number stays and is refused. */
export async function numberInQuery({ query }: FastifyRequest): Promise<void> {
  const parameters = query as Record<string, unknown>;
  if (typeof parameters.k === 'string' && /^\d{1,9}$/.test(parameters.k)) parameters.k = Number(parameters.k);
}

export const idInPath = {
  type: 'object',
  required: ['id'],
  properties: { id: { type: 'string', minLength: 1, maxLength: 512 } },
} as const;

/** The schema of items with scores, best first. */
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

/** A list as it is returned to the client. */
export function namedList(
  ids: Ids,
  { items, scores }: Pick<Recommendation, 'items' | 'scores'>,
): { item: string | number; score: number }[] {
  return Array.from(items, (item, rank) => ({ item: ids.idOf(item), score: scores[rank]! }));
}
