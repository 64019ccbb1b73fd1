import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type RunningService, startService } from '../src/index.js';
import { rawRequest } from './raw-request.js';
import { smallModel } from './small-model.js';

let service: RunningService;

beforeAll(async () => {
  const limits = { seconds: 1, bodyBytes: 2000, stopSeconds: 5 };
  service = await startService(await smallModel(), { port: 0, logLevel: 'fatal', limits });
});

afterAll(async () => {
  await service.stop();
});

/** Checks that the service still works after whatever was sent. */
async function expectWell(): Promise<void> {
  expect(await (await fetch(`${service.url}/v1/users/1/recommendations`)).json()).toMatchObject({ user: 1 });
}

/** Checks that an answer is a single refusal with a single message. */
function expectRefusal(answer: string): void {
  expect(answer).toMatch(/^HTTP\/1\.1 4\d\d /);
  const error = JSON.parse(answer.slice(answer.indexOf('\r\n\r\n') + 4)).error;
  expect(error).toMatchObject({ code: expect.stringMatching(/^[a-z]+\/[a-z-]+$/), message: expect.any(String) });
  expect(error.message).not.toBe('');
}

const head = (length: number | string, more = '') =>
  `POST /v1/recommend HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: ${length}\r\n${more}\r\n`;

test('answers any JSON, and anything else, with a list or one clear refusal', async () => {
  const field = fc.oneof(fc.jsonValue(), fc.array(fc.integer({ min: -3, max: 70 })), fc.integer());
  const shaped = fc.record({ users: field, history: field, exclude: field, k: field }, { requiredKeys: [] });
  const body = fc.oneof(
    shaped.map((value) => JSON.stringify(value)),
    fc.json(),
    fc.string({ unit: 'binary' }),
  );
  await fc.assert(
    fc.asyncProperty(body, fc.constantFrom('application/json', 'text/plain', 'x'), async (text, type) => {
      const response = await fetch(`${service.url}/v1/recommend`, {
        method: 'POST',
        headers: { 'content-type': type },
        body: Buffer.from(text),
      });
      const answer = (await response.json()) as { recommendations: unknown[]; error: { message: unknown } };
      if (response.status === 200) expect(answer.recommendations.length).toBeGreaterThan(0);
      else {
        expect([400, 413, 415]).toContain(response.status);
        expect(answer.error.message).toEqual(expect.any(String));
      }
    }),
    { numRuns: 300 },
  );
  await expectWell();
});

test('answers any address', async () => {
  const piece = fc.oneof(
    fc.constantFrom('..', '..%2f', '%2e%2e', '%00', '%', '%zz', '//', '\\', ';', '?k=%31', '#', 'v1', 'users', 'items'),
    fc.webSegment(),
    fc.string().map(encodeURIComponent),
  );
  const path = fc
    .tuple(fc.constantFrom('/', '/v1/users/', '/v1/items/', ''), fc.array(piece))
    .map(([start, pieces]) => `${start}${pieces.join('/')}`.replace(/[\s\r\n]/g, ''));
  await fc.assert(
    fc.asyncProperty(path, async (address) => {
      const answer = await rawRequest(service.url, [`GET ${address} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n`]);
      expect(answer).toMatch(/^HTTP\/1\.1 (200|4\d\d) /);
    }),
    { numRuns: 200 },
  );
  await expectWell();
});

test('refuses any bytes', async () => {
  await fc.assert(
    fc.asyncProperty(fc.uint8Array({ minLength: 1, maxLength: 200 }), async (bytes) => {
      const answer = await rawRequest(service.url, [bytes, '\r\n\r\n'], 4);
      if (answer !== '') expectRefusal(answer);
    }),
    { numRuns: 60 },
  );
  await expectWell();
});

test.each<[string, string[], string]>([
  ['a body over the limit by its length', [head(3000), 'x'.repeat(3000)], '413'],
  ['a body of several gigabytes', [head(4e9), 'x'.repeat(1e6)], '413'],
  [
    'a body over the limit in chunks',
    [head(0).replace('Content-Length: 0', 'Transfer-Encoding: chunked'), `fff\r\n${'x'.repeat(0xfff)}\r\n0\r\n\r\n`],
    '413',
  ],
  ['two content lengths', [head('5\r\nContent-Length: 6'), '{"a":1}'], '400'],
  ['a content length with chunks', [head(5, 'Transfer-Encoding: chunked\r\n'), '0\r\n\r\n'], '400'],
  ['a header of 100 kB', [`GET / HTTP/1.1\r\nHost: x\r\nX: ${'y'.repeat(100_000)}\r\n\r\n`], '431'],
  ['something other than HTTP', ['SSH-2.0-x\r\n\r\n'], '400'],
  ['a header that never ends', ['GET / HTTP/1.1\r\nHost: x\r\nX: '], '408'],
  ['a body that never comes', [head(10), '{"us'], '408'],
])('refuses %s in time', async (_, pieces, status) => {
  const start = performance.now();
  const answer = await rawRequest(service.url, pieces);
  expect(answer.slice(0, 12)).toBe(`HTTP/1.1 ${status}`);
  expectRefusal(answer);
  expect(performance.now() - start).toBeLessThan(6000);
  await expectWell();
});

test('serves others despite many slow connections', async () => {
  const slow = Array.from({ length: 100 }, () =>
    rawRequest(service.url, ['POST /v1/recommend HTTP/1.1\r\nHost: x\r\n']),
  );
  await expectWell();
  for (const answer of await Promise.all(slow)) expect(answer).toMatch(/^HTTP\/1\.1 408 /);
  await expectWell();
});
