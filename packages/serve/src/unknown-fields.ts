import { BalancedRecError, nearestName } from '@balanced-rec/errors';
import type { FastifyRequest } from 'fastify';

/** A request may hold thousands of names; an answer does not. */
const MOST_NAMED = 20;
const LONGEST_NAME = 64;

/**
 * The error for fields or parameters that a route does not know, all of them, each with the known one that it resembles.
 * Undefined if the request was refused for something else alone.
 *
 * @param error what the server library threw
 */
export function unknownFields(error: unknown, request: FastifyRequest): BalancedRecError | undefined {
  const { validationContext: part } = error as { readonly validationContext?: unknown };
  if (part !== 'body' && part !== 'querystring') return undefined;
  const [given, what, place] =
    part === 'body' ? [request.body, 'field', 'body'] : [request.query, 'parameter', 'the address'];
  const schema = request.routeOptions.schema?.[part] as { readonly properties?: object } | undefined;
  if (given === null || typeof given !== 'object' || Array.isArray(given) || !schema?.properties) return undefined;
  const known = Object.keys(schema.properties);
  const unknown = Object.keys(given).filter((name) => !known.includes(name));
  if (unknown.length === 0) return undefined;
  const named = unknown.slice(0, MOST_NAMED).map((name) => name.slice(0, LONGEST_NAME));
  const more = unknown.length > named.length ? ` and ${unknown.length - named.length} more` : '';
  return new BalancedRecError({
    code: 'service/bad-request',
    message: unknown.length === 1 ? `there is no such ${what}` : `there are no such ${what}s`,
    place,
    expected: `any of ${known.join(', ')}`,
    found: `${named.map((name) => JSON.stringify(name)).join(', ')}${more}`,
    remedy: suggestions(named, known) || 'see /openapi.json',
  });
}

function suggestions(names: readonly string[], known: readonly string[]): string {
  return names
    .flatMap((name) => {
      const nearest = nearestName(name, known);
      return nearest === undefined ? [] : `did you mean "${nearest}" instead of ${JSON.stringify(name)}?`;
    })
    .join(' ');
}
