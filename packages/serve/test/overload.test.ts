import { connect } from 'node:net';
import { expect, test } from 'vitest';
import { startService } from '../src/index.js';
import { WorkQueue } from '../src/work-queue.js';
import { rawRequest } from './raw-request.js';
import { smallModel } from './small-model.js';

const request = '{"users":[1]}';
const posted = `POST /v1/recommend HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: ${request.length}\r\nConnection: close\r\n\r\n`;

test('refuses excess requests with Retry-After, and answers the rest', async () => {
  // Ranking this many items takes a few milliseconds, and the connections are open before the requests arrive, so requests pile
  // up.
  const model = await smallModel({ items: 300_000 });
  const service = await startService(model, { port: 0, logLevel: 'silent', limits: { waiting: 3 } });
  try {
    const answers = await Promise.all(
      Array.from({ length: 60 }, () => rawRequest(service.url, [posted, request], 60, 1500)),
    );
    const sentAway = answers.filter((answer) => answer.startsWith('HTTP/1.1 503'));
    expect(answers.filter((answer) => answer.startsWith('HTTP/1.1 200')).length).toBe(60 - sentAway.length);
    expect(sentAway.length).toBeGreaterThan(0);
    expect(sentAway.length).toBeLessThan(60);
    for (const answer of sentAway) {
      expect(answer).toMatch(/^retry-after: 1\r$/m);
      expect(answer).toContain('"service/overloaded"');
    }
  } finally {
    await service.stop();
  }
});

test('refuses a request that waited too long', async () => {
  const queue = new WorkQueue({ waiting: 5, seconds: 0.05 });
  const busy = queue.run(() => {
    const end = performance.now() + 120;
    while (performance.now() < end);
    return 'done';
  });
  const late = queue.run(() => 'late');
  expect(await busy).toBe('done');
  await expect(late).rejects.toMatchObject({ code: 'service/overloaded' });
  expect(await queue.run(() => 'again')).toBe('again');
});

test('finishes requests in flight when stopping, and accepts no new ones', async () => {
  const service = await startService(await smallModel(), { port: 0, logLevel: 'silent' });
  const { port } = new URL(service.url);
  const socket = connect(Number(port), '127.0.0.1');
  let answer = '';
  socket.setEncoding('utf8').on('data', (text) => {
    answer += text;
  });
  const closed = new Promise((resolve) => socket.on('close', resolve));
  // The headers and half of the body have arrived.
  socket.write(posted + request.slice(0, 5));
  await new Promise((resolve) => setTimeout(resolve, 200));
  const stopped = service.stop();
  await new Promise((resolve) => setTimeout(resolve, 200));
  await expect(fetch(`${service.url}/healthz`)).rejects.toThrow();
  socket.write(request.slice(5));
  expect(await stopped).toBe(true);
  await closed;
  expect(answer).toMatch(/^HTTP\/1\.1 200 /);
});

test('stops within its time limit', async () => {
  const limits = { stopSeconds: 0.5, seconds: 60 };
  const service = await startService(await smallModel(), { port: 0, logLevel: 'silent', limits });
  const hanging = rawRequest(service.url, [posted, request.slice(0, 5)], 60);
  await new Promise((resolve) => setTimeout(resolve, 200));
  const start = performance.now();
  expect(await service.stop()).toBe(false);
  expect(performance.now() - start).toBeLessThan(5000);
  expect(await hanging).not.toContain('HTTP/1.1 200');
});

test('reports a port in use', async () => {
  const model = await smallModel();
  const service = await startService(model, { port: 0, logLevel: 'silent' });
  const port = Number(new URL(service.url).port);
  await expect(startService(model, { port, logLevel: 'silent' })).rejects.toMatchObject({
    code: 'service/cannot-listen',
    message: expect.stringContaining('EADDRINUSE'),
  });
  await service.stop();
});
