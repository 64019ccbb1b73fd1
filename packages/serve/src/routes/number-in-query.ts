import type { FastifyRequest } from 'fastify';

/** Makes a number of the text that `k` is in an address, before it is validated; what is no plain number stays, and is refused. */
export async function numberInQuery({ query }: FastifyRequest): Promise<void> {
  const parameters = query as Record<string, unknown>;
  if (typeof parameters.k === 'string' && /^\d{1,9}$/.test(parameters.k)) parameters.k = Number(parameters.k);
}
