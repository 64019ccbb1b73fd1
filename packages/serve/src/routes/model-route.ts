import type { FastifyInstance } from 'fastify';
import type { ServiceContext } from '../create-service.js';

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
  routes.get('/v1/model', { schema: { summary: 'What is served', response } }, () => described);
}
