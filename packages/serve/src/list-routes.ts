import type { Recommendation } from '@balanced-rec/ckd-core';
import { BalancedRecError } from '@balanced-rec/errors';
import type { FastifyInstance } from 'fastify';
import { faults } from './fault-answer.js';
import { idInPath, idSchema, idsSchema, kSchema, listSchema, namedList, numberInQuery } from './list-format.js';
import type { ServiceContext } from './service-context.js';

type Id = string | number;

interface Asked {
  readonly users?: readonly Id[];
  readonly history?: readonly Id[];
  readonly exclude?: readonly Id[];
  readonly k: number;
}

/** `POST /v1/recommend` and `GET /v1/users/:id/recommendations` */
export function addRecommendRoutes(routes: FastifyInstance, context: ServiceContext): void {
  const { model, limits, queue, metrics } = context;
  const { recommender, users, items } = model;

  const answer = (user: Id | null, recommendation: Recommendation) => {
    metrics.recommended(recommendation.basis);
    return { user, basis: recommendation.basis, items: namedList(items, recommendation) };
  };
  const recommendation = {
    type: 'object',
    required: ['user', 'basis', 'items'],
    properties: {
      user: { anyOf: [idSchema(users), { type: 'null' }], description: 'null if only a history was given' },
      basis: { type: 'string', enum: ['user', 'items', 'popularity'], description: 'what the list is based on' },
      items: listSchema(items),
    },
  };

  routes.post<{ Body: Asked }>(
    '/v1/recommend',
    {
      schema: {
        summary: 'Recommends items to users, or for a history without a known user',
        body: {
          type: 'object',
          additionalProperties: false,
          properties: {
            users: idsSchema(users, limits.users, 'the users to recommend to'),
            history: idsSchema(
              items,
              limits.items,
              'past items, for users without training data or for an unknown user',
            ),
            exclude: idsSchema(items, limits.items, 'additional items to exclude'),
            k: kSchema(limits.k),
          },
        },
        response: {
          200: {
            description: 'the lists, in the order of the users',
            type: 'object',
            required: ['recommendations'],
            properties: { recommendations: { type: 'array', items: recommendation } },
          },
          ...faults(400, 404, 408, 413, 415, 503),
        },
      },
    },
    async ({ body: { users: named, history = [], exclude = [], k } }) => {
      if (named === undefined && history.length === 0) throw nobodyNamed();
      const numbers = named?.map((id) => users.numberOf(id, 'user', 'body/users'));
      const options = {
        k,
        given: history.map((id) => items.numberOf(id, 'item', 'body/history')),
        exclude: exclude.map((id) => items.numberOf(id, 'item', 'body/exclude')),
      };
      const lists = await queue.run(() =>
        numbers ? recommender.forUsers(numbers, options) : [recommender.forItems(options)],
      );
      return { recommendations: lists.map((list, index) => answer(named?.[index] ?? null, list)) };
    },
  );

  routes.get<{ Params: { id: string }; Querystring: { k: number } }>(
    '/v1/users/:id/recommendations',
    {
      preValidation: numberInQuery,
      schema: {
        summary: 'Recommends items to one user',
        params: idInPath,
        querystring: { type: 'object', additionalProperties: false, properties: { k: kSchema(limits.k) } },
        response: { 200: { description: 'the list', ...recommendation }, ...faults(400, 404, 503) },
      },
    },
    async ({ params: { id }, query: { k } }) => {
      const user = users.numberOf(id, 'user', 'the address');
      const [list] = await queue.run(() => recommender.forUsers([user], { k }));
      return answer(users.idOf(user), list!);
    },
  );
}

/** `GET /v1/items/:id/similar` */
export function addItemRoutes(routes: FastifyInstance, { model, limits, queue }: ServiceContext): void {
  const { recommender, items } = model;
  routes.get<{ Params: { id: string }; Querystring: { k: number } }>(
    '/v1/items/:id/similar',
    {
      preValidation: numberInQuery,
      schema: {
        summary: 'The items nearest to an item, by the cosine of their embeddings',
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

function nobodyNamed(): BalancedRecError {
  return new BalancedRecError({
    code: 'service/bad-request',
    message: 'the request has neither users nor a history',
    place: 'body',
    expected: 'users, or a history, or both',
    found: 'neither',
    remedy: 'see /openapi.json',
  });
}
