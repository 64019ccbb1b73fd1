import type { FastifyInstance } from 'fastify';
import type { ServiceContext } from './service-context.js';

/** `GET /v1/model` */
export function addModelRoute(routes: FastifyInstance, { model, limits }: ServiceContext): void {
  const { recommender, users, items, about } = model;
  const described = {
    ...about,
    users: recommender.userCount,
    items: recommender.itemCount,
    dimension: recommender.dimension,
    originalIds: { users: users.areOriginal, items: items.areOriginal },
    limits: { k: limits.k, users: limits.users, items: limits.items, bodyBytes: limits.bodyBytes },
  };
  const response = { 200: { description: 'the model', type: 'object', additionalProperties: true } };
  routes.get('/v1/model', { schema: { summary: 'The model being served', response } }, () => described);
}

/** `GET /healthz` (the process responds), `/readyz` (it accepts requests) and `/metrics` (Prometheus). */
export function addHealthRoutes(routes: FastifyInstance, { queue, limits, metrics }: ServiceContext): void {
  const text = { content: { 'text/plain': { schema: { type: 'string' } } } };
  const plain = (summary: string) => ({
    schema: { summary, response: { 200: { description: 'yes', ...text }, 503: { description: 'not now', ...text } } },
  });
  routes.get('/healthz', plain('Whether the process responds'), (_, reply) => reply.type('text/plain').send('ok\n'));
  routes.get('/readyz', plain('Whether the service accepts requests'), (_, reply) => {
    if (queue.waiting < limits.waiting) return reply.type('text/plain').send('ok\n');
    return reply.code(503).header('retry-after', '1').type('text/plain').send('busy\n');
  });
  routes.get('/metrics', plain('Metrics in Prometheus text format'), async (_, reply) =>
    reply.type(metrics.registry.contentType).send(await metrics.registry.metrics()),
  );
}
