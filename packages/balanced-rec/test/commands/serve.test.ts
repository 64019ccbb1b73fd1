import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { scratchFolder } from '@balanced-rec/tiny-data';
import { beforeAll, describe, expect, test } from 'vitest';
import { expectOneError, repository, runCli, runWell, startCli } from '../support/cli.js';
import { until } from '../support/processes.js';
import { trainedModel } from '../support/trained-model.js';

let model: string;
let data: string;
const serve = (...args: string[]) => ['serve', model, '--data', data, '-e', 'wasm', '--port', '0', ...args];

beforeAll(async () => {
  ({ model, data } = await trainedModel(await scratchFolder(), { originals: true }));
});

describe('balanced-rec serve', () => {
  test('answers like `recommend`, logs JSON, and stops on SIGTERM', async () => {
    const { child, ended, heard } = startCli(serve('--max-k', '5'));
    await until('it listens', () => heard().includes('\n'));
    const url = heard().trim();
    expect(url).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
    const answer = await (await fetch(`${url}/v1/users/u-7/recommendations?k=5`)).json();
    const args = ['--users', 'u-7', '-k', '5', '--format', 'jsonl'];
    const said = JSON.parse((await runWell(['recommend', model, '--data', data, '-e', 'wasm', ...args])).stdout);
    expect(answer).toEqual({
      ...said,
      items: said.items.map(({ item, score }: { item: string; score: number }) => ({
        item,
        score: expect.closeTo(score, 5),
      })),
    });
    const about = await (await fetch(`${url}/v1/model`)).json();
    expect(about).toMatchObject({ backbone: 'vbpr', variant: 'plain', limits: { k: 5 }, users: 40, items: 30 });
    expect(JSON.stringify(about)).not.toContain(data);
    process.kill(-child.pid!, 'SIGTERM');
    const { code, stderr } = await ended;
    expect(code, stderr).toBe(0);
    const lines = stderr
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(lines).toContainEqual(
      expect.objectContaining({ route: '/v1/users/:id/recommendations', status: 200, requestId: expect.any(String) }),
    );
    expect(stderr).not.toContain('u-7');
  });

  test('warns when other machines can reach it', async () => {
    const { child, ended, heard, said } = startCli(serve('--host', '0.0.0.0', '--log-level', 'warn'));
    await until('it listens', () => heard().includes('\n'));
    process.kill(-child.pid!, 'SIGINT');
    expect((await ended).code).toBe(0);
    expect(JSON.parse(said())).toMatchObject({ host: '0.0.0.0', msg: expect.stringContaining('authentication') });
  });

  test("refuses another machine's address and an unknown log level", async () => {
    expectOneError(await runCli(serve('--host', '192.0.2.1', '--log-level', 'silent')), {
      ...{ code: 'service/cannot-listen', place: '192.0.2.1:0', expected: 'of this machine', found: 'EADDRNOTAVAIL' },
      remedy: '--host',
    });
    expectOneError(await runCli(serve('--log-level', 'loud')), {
      ...{ code: 'cli/bad-option', place: '--log-level', expected: 'warn', found: 'loud', remedy: '--help' },
    });
  });

  test('serving is a separate package that training does not need', async () => {
    const manifest = JSON.parse(await readFile(join(repository, 'packages/eval/package.json'), 'utf8'));
    expect(manifest.dependencies).not.toHaveProperty(['@balanced-rec/serve']);
    expect(manifest.dependencies).not.toHaveProperty(['fastify']);
  });
});
