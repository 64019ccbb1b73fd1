import { Validator } from '@seriousme/openapi-schema-validator';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type RunningService, type ServedModel, startService } from '../src/index.js';
import { ITEMS, smallModel, USERS, WIDTH } from './small-model.js';

let model: ServedModel;
let named: ServedModel;
let service: RunningService;
let namedService: RunningService;

beforeAll(async () => {
  model = await smallModel();
  named = await smallModel({ originals: true });
  const options = { port: 0, logLevel: 'error', limits: { k: 20, users: 5 } } as const;
  service = await startService(model, options);
  namedService = await startService(named, options);
});

afterAll(async () => {
  expect(await service.stop()).toBe(true);
  expect(await namedService.stop()).toBe(true);
});

const get = (path: string, url = service.url) => fetch(url + path);
const post = (body: unknown, url = service.url) =>
  fetch(`${url}/v1/recommend`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  });
/** The parts of an answer that the tests check. */
interface Answer {
  readonly error: { readonly code: string; readonly message: string; readonly requestId: string };
  readonly recommendations: readonly {
    readonly user: unknown;
    readonly items: readonly { readonly item: unknown }[];
  }[];
}
const answerOf = (response: Response) => response.json() as Promise<Answer>;
const listOf = ({ items, scores }: { items: Int32Array; scores: Float32Array }) =>
  Array.from(items, (item, n) => ({ item, score: scores[n] }));

test('returns the recommender’s lists for users', async () => {
  const response = await post({ users: [3, 55, 4], k: 7, exclude: [9] });
  expect(response.status).toBe(200);
  const expected = model.recommender.forUsers([3, 55, 4], { k: 7, exclude: [9] });
  expect(await answerOf(response)).toEqual({
    recommendations: [3, 55, 4].map((user, n) => ({ user, basis: expected[n]!.basis, items: listOf(expected[n]!) })),
  });
  expect(expected.map(({ basis }) => basis)).toEqual(['user', 'popularity', 'user']);
  const [one] = model.recommender.forUsers([3], { k: 4 });
  expect(await answerOf(await get('/v1/users/3/recommendations?k=4'))).toEqual({
    ...{ user: 3, basis: 'user' },
    items: listOf(one!),
  });
});

test('uses a history in place of a user, known or not', async () => {
  const expected = model.recommender.forItems({ k: 10, given: [4, 8] });
  const lists = await answerOf(await post({ history: [4, 8] }));
  expect(lists).toEqual({ recommendations: [{ user: null, basis: 'items', items: listOf(expected) }] });
  const both = await answerOf(await post({ history: [4, 8], users: [55] }));
  expect(both.recommendations[0]).toEqual({ user: 55, basis: 'items', items: listOf(expected) });
});

test('accepts and returns original ids, whatever they contain', async () => {
  const { recommendations } = await answerOf(await post({ users: ['u/3 é'], k: 2 }, namedService.url));
  const [expected] = named.recommender.forUsers([3], { k: 2 });
  expect(recommendations[0]!.user).toBe('u/3 é');
  expect(recommendations[0]!.items[0]!.item).toBe(`i/${expected!.items[0]} é`);
  const path = `/v1/items/${encodeURIComponent('i/7 é')}/similar?k=3`;
  const similar = await answerOf(await get(path, namedService.url));
  const near = named.recommender.similarItems(7, 3);
  expect(similar).toEqual({
    item: 'i/7 é',
    items: listOf(near).map(({ item, score }) => ({ item: `i/${item} é`, score })),
  });
  expect((await post({ users: [3] }, namedService.url)).status).toBe(400);
});

test('reports the model, its health and its metrics', async () => {
  expect(await answerOf(await get('/v1/model'))).toMatchObject({
    ...{ backbone: 'random', users: USERS, items: ITEMS, dimension: WIDTH },
    limits: { k: 20, users: 5 },
  });
  for (const path of ['/healthz', '/readyz']) expect(await (await get(path)).text()).toBe('ok\n');
  const metrics = await (await get('/metrics')).text();
  expect(metrics).toMatch(/^balanced_rec_requests_total\{method="GET",route="\/v1\/model",status="200"\} 1$/m);
  expect(metrics).toMatch(/^balanced_rec_request_seconds_bucket\{le="0.001",route="\/v1\/model"\} /m);
  expect(metrics).toMatch(/^balanced_rec_requests_waiting 0$/m);
  expect(metrics).toMatch(/^process_resident_memory_bytes \d+$/m);
});

interface Description extends Record<string, unknown> {
  readonly paths: Record<
    string,
    { post: { requestBody: { content: Record<string, { schema: { properties: Record<string, unknown> } }> } } }
  >;
}

test('describes itself in valid OpenAPI', async () => {
  const description = (await (await get('/openapi.json')).json()) as Description;
  const { valid, errors } = await new Validator().validate(description);
  expect(errors).toBeUndefined();
  expect(valid).toBe(true);
  expect(Object.keys(description.paths).sort()).toEqual([
    ...['/healthz', '/metrics', '/readyz', '/v1/items/{id}/similar', '/v1/model', '/v1/recommend'],
    '/v1/users/{id}/recommendations',
  ]);
  const body = description.paths['/v1/recommend']!.post.requestBody.content['application/json']!.schema;
  expect(body.properties.k).toMatchObject({ type: 'integer', maximum: 20, default: 10 });
});

test('gives requests an id, or uses the given one', async () => {
  expect((await get('/healthz')).headers.get('x-request-id')).toMatch(/^[0-9a-f-]{36}$/);
  const ask = (id: string) => fetch(`${service.url}/nowhere`, { headers: { 'x-request-id': id } });
  const response = await ask('trace-1.a');
  expect(response.headers.get('x-request-id')).toBe('trace-1.a');
  expect((await answerOf(response)).error.requestId).toBe('trace-1.a');
  expect((await ask('not {an} id')).headers.get('x-request-id')).toMatch(/^[0-9a-f-]{36}$/);
});

test.each<[unknown, number, RegExp]>([
  ['{"users": [1', 400, /JSON/],
  ['', 400, /empty/i],
  ['null', 400, /body must be object/],
  ['[]', 400, /body must be object/],
  [{}, 400, /neither users nor a history/],
  [{ users: [] }, 400, /body\/users must NOT have fewer than 1/],
  [{ users: [0, 1, 2, 3, 4, 5] }, 400, /body\/users must NOT have more than 5/],
  [{ users: ['1'] }, 400, /body\/users\/0 must be integer/],
  [{ users: [1.5] }, 400, /must be integer/],
  [{ users: [-1] }, 400, /must be >= 0/],
  [{ users: [60] }, 400, /must be <= 59/],
  [{ users: 1 }, 400, /body\/users must be array/],
  [{ users: [1], k: 21 }, 400, /body\/k must be <= 20/],
  [{ users: [1], k: '5' }, 400, /body\/k must be integer/],
  [{ users: [1], limit: 5 }, 400, /there is no such field/],
  ['{"users": [1], "__proto__": {"k": 1}}', 400, /not valid JSON/],
  [{ history: [50] }, 400, /must be <= 49/],
])('refuses %j', async (body, status, message) => {
  const response = await post(body);
  expect(response.status).toBe(status);
  expect((await answerOf(response)).error).toMatchObject({
    code: 'service/bad-request',
    message: expect.stringMatching(message),
  });
});

test.each<[string, number, string]>([
  ['/v1/users/60/recommendations', 404, 'recommender/unknown-user'],
  ['/v1/users/..%2f..%2fetc%2fpasswd/recommendations', 404, 'recommender/unknown-user'],
  ['/v1/users/%00/recommendations', 404, 'recommender/unknown-user'],
  ['/v1/users/__proto__/recommendations', 404, 'recommender/unknown-user'],
  [`/v1/users/${'9'.repeat(600)}/recommendations`, 414, 'service/too-large'],
  ['/v1/users/%E0%A4%A/recommendations', 400, 'service/bad-request'],
  ['/v1/users/1/recommendations?k=', 400, 'service/bad-request'],
  ['/v1/users/1/recommendations?k=0', 400, 'service/bad-request'],
  ['/v1/users/1/recommendations?k=1e1', 400, 'service/bad-request'],
  ['/v1/users/1/recommendations?k=1&k=2', 400, 'service/bad-request'],
  ['/v1/users/1/recommendations?top=1', 400, 'service/bad-request'],
  ['/v1/items/-1/similar', 404, 'recommender/unknown-item'],
  ['/v1/recommend', 404, 'service/not-found'],
  ['/', 404, 'service/not-found'],
])('refuses GET %s', async (path, status, code) => {
  const response = await get(path);
  expect([response.status, (await answerOf(response)).error.code]).toEqual([status, code]);
});

test('names every unknown field, and the known ones that they resemble', async () => {
  const { error } = await answerOf(await post({ user: [1], excluded: 5, why: null, k: 'ten' }));
  expect(error).toEqual({
    code: 'service/bad-request',
    message: 'there are no such fields',
    place: 'body',
    expected: 'any of users, history, exclude, k',
    found: '"user", "excluded", "why"',
    remedy: 'did you mean "users" instead of "user"? did you mean "exclude" instead of "excluded"?',
    requestId: expect.any(String),
  });
  const response = await get('/v1/users/3/recommendations?limit=4');
  expect(response.status).toBe(400);
  expect((await answerOf(response)).error).toMatchObject({
    ...{ message: 'there is no such parameter', place: 'the address', found: '"limit"', expected: 'any of k' },
  });
  const many = await answerOf(await post(Object.fromEntries(Array.from({ length: 500 }, (_, n) => [`field ${n}`, n]))));
  expect(JSON.stringify(many).length).toBeLessThan(1000);
  expect(many.error).toMatchObject({ found: expect.stringMatching(/ and 480 more$/), remedy: 'see /openapi.json' });
});
