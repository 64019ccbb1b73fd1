import { readFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { thrownBy } from '../../datasets/test/thrown-by.js';
import { extractFeatures, transformersText } from '../src/index.js';
import { itemLines, makeFolder, readRows } from './dataset-folder.js';
import { writeTextModel } from './tiny-models.js';

// A local server with the hub's paths: /<model>/resolve/<revision>/<file>.
let server: Server;
let asked: string[];
let modelFolder: string;
let folder: string;

beforeAll(async () => {
  modelFolder = await writeTextModel(await makeFolder());
  folder = await makeFolder({ 'items.jsonl': itemLines([{ item_id: 'a', title: 'red fish' }]) });
  server = createServer(async ({ url = '' }, response) => {
    asked.push(url);
    const file = /^\/somebody\/tiny\/resolve\/main\/(.+)$/.exec(url)?.[1];
    const bytes = file === undefined ? undefined : await readFile(join(modelFolder, file)).catch(() => undefined);
    response.writeHead(bytes === undefined ? 404 : 200, { 'content-length': bytes?.length ?? 0 }).end(bytes);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  vi.stubEnv('HF_ENDPOINT', `http://127.0.0.1:${(server.address() as AddressInfo).port}`);
  vi.stubEnv('BALANCED_REC_CACHE', await makeFolder());
});

afterAll(() => {
  vi.unstubAllEnvs();
  server.close();
});

function encode(model: string, more: object = {}) {
  const source = { columns: ['title'] };
  return extractFeatures({ folder, encoder: transformersText, source, settings: { model, ...more }, overwrite: true });
}

describe('a named model', () => {
  it('is downloaded once, and equals the same model in a folder', async () => {
    asked = [];
    const record = await encode('somebody/tiny');
    const rows = await readRows(folder, 'text');
    expect(asked.some((url) => url.endsWith('/onnx/model.onnx'))).toBe(true);
    asked = [];
    vi.stubEnv('HF_ENDPOINT', 'http://127.0.0.1:9');
    expect(await encode('somebody/tiny')).toEqual(record);
    expect(asked).toEqual([]);
    const local = await encode('somebody/tiny', { modelFolder });
    expect(local).toEqual(record);
    expect(await readRows(folder, 'text')).toEqual(rows);
    vi.stubEnv('HF_ENDPOINT', `http://127.0.0.1:${(server.address() as AddressInfo).port}`);
  });

  it('is an error if the hub does not have it', async () => {
    asked = [];
    const error = await thrownBy(() => encode('somebody/else'));
    expect(error.code).toBe('encoder/no-model');
    expect(error.details.place).toBe('somebody/else');
  });

  it('is an error without network, which names the alternatives', async () => {
    vi.stubEnv('HF_ENDPOINT', 'http://127.0.0.1:9');
    const error = await thrownBy(() => encode('somebody/other'));
    expect(error.code).toBe('encoder/no-network');
    expect(error.details.remedy).toContain('--model-folder');
  });
});
