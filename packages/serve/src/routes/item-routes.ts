import type { FastifyInstance } from 'fastify';
import type { ServiceContext } from '../create-service.js';
import { namedList } from './named-list.js';
import { numberInQuery } from './number-in-query.js';
import { faults, idInPath, idSchema, kSchema, listSchema } from './schemas.js';

/** `GET /v1/items/:id/similar` */
export function addItemRoutes(routes: FastifyInstance, { model, limits, queue }: ServiceContext): void {
  const { recommender, items } = model;
  routes.get<{ Params: { id: string }; Querystring: { k: number } }>(
    '/v1/items/:id/similar',
    {
      preValidation: numberInQuery,
      schema: {
        summary: 'The items nearest to one, by the cosine of their embeddings',
        params: idInPath,
        querystring: { type: 'object', additionalProperties: false, properties: { k: kSchema(limits.k) } },
        response: {
          200: {
            description: 'the list',
            type: 'object',
            required: ['item', 'items'],
            properties: { item: idSchema(items), items: listSchema(items) },
          },
          ...faults(400, 404, 503),
        },
      },
    },
    async ({ params: { id }, query: { k } }) => {
      const item = items.numberOf(id, 'item', 'the address');
      const list = await queue.run(() => recommender.similarItems(item, k));
      return { item: items.idOf(item), items: namedList(items, list) };
    },
  );
}
