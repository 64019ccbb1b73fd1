import type { FastifyInstance } from 'fastify';
import type { ServiceContext } from '../create-service.js';

/** `GET /healthz` (the process answers), `/readyz` (it takes requests) and `/metrics` (Prometheus). */
export function addHealthRoutes(routes: FastifyInstance, { queue, limits, metrics }: ServiceContext): void {
  const text = { content: { 'text/plain': { schema: { type: 'string' } } } };
  const plain = (summary: string) => ({
    schema: { summary, response: { 200: { description: 'yes', ...text }, 503: { description: 'not now', ...text } } },
  });
  routes.get('/healthz', plain('Whether the process answers'), (_, reply) => reply.type('text/plain').send('ok\n'));
  routes.get('/readyz', plain('Whether it takes requests'), (_, reply) => {
    if (queue.waiting < limits.waiting) return reply.type('text/plain').send('ok\n');
    return reply.code(503).header('retry-after', '1').type('text/plain').send('busy\n');
  });
  routes.get('/metrics', plain('Metrics in the text format of Prometheus'), async (_, reply) =>
    reply.type(metrics.registry.contentType).send(await metrics.registry.metrics()),
  );
}
