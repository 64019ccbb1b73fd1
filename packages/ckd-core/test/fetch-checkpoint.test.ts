import { readFile, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { loadEngine } from '@balanced-rec/tfjs-kernels';
import * as tf from '@tensorflow/tfjs-core';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { decodeCheckpoint, fetchCheckpoint, fetchTrainingData, openBackbone } from '../src/index.js';
import { readManifest, saveCheckpoint } from '../src/node.js';
import { smallData } from './support/data.js';
import { makeSmall, small } from './support/small-backbone.js';
import { temporaryFolder } from './support/temporary-folder.js';
import { rejectionOf, thrownBy } from './support/thrown-by.js';

const about = { observed: ['image', 'text'], seed: 3, dataHash: 'abc', about: {} };

describe('a checkpoint over HTTP', () => {
  const folder = temporaryFolder();
  const path = () => join(folder.path, 'model');
  let server: Server;
  let address: string;
  let saved: Map<string, number[]>;

  beforeAll(async () => {
    await loadEngine('wasm');
    server = createServer(async ({ url }, response) => {
      const body = await readFile(join(folder.path, url!)).catch(() => undefined);
      response.writeHead(body ? 200 : 404).end(body);
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });
  afterAll(() => new Promise((resolve) => server.close(resolve)));

  beforeEach(async () => {
    const backbone = makeSmall();
    await saveCheckpoint(path(), backbone, about);
    saved = new Map([...backbone.parameters.snapshot()].map(([name, { values }]) => [name, [...values]]));
    backbone.dispose();
  });

  test('matches the folder and opens as the saved backbone', async () => {
    const checkpoint = await fetchCheckpoint(`${address}/model/`);
    expect(checkpoint.manifest).toEqual(await readManifest(path()));
    const backbone = openBackbone(small, checkpoint, { ...smallData(), hash: 'abc' });
    expect([...backbone.parameters.snapshot()].map(([name, { values }]) => [name, [...values]])).toEqual([...saved]);
    backbone.dispose();
  });

  test('is the same when decoded from the bytes of its files', async () => {
    const files = {
      manifest: await readFile(join(path(), 'manifest.json')),
      model: await readFile(join(path(), 'model.safetensors')),
    };
    const { manifest, parameters } = await fetchCheckpoint(`${address}/model`);
    expect(decodeCheckpoint(files, 'bytes')).toEqual({ manifest, parameters, place: 'bytes' });
  });

  test('that does not match is refused and leaves nothing on the engine', async () => {
    const checkpoint = await fetchCheckpoint(`${address}/model`);
    const data = { ...smallData(), hash: 'abc' };
    const before = tf.memory().numTensors;
    const open = (changes: object) => () =>
      openBackbone(small, { ...checkpoint, manifest: { ...checkpoint.manifest, ...changes } }, data);
    thrownBy(open({ backbone: 'other' }), 'checkpoint/other-backbone');
    thrownBy(open({ dataHash: 'other' }), 'model/other-dataset');
    thrownBy(open({ config: { width: 5 } }), 'parameters/mismatch');
    thrownBy(open({ config: { width: 'wide' } }), 'config/invalid');
    expect(tf.memory().numTensors).toBe(before);
  });

  test('that is missing, damaged or something else is reported with its address', async () => {
    const missing = await rejectionOf(fetchCheckpoint(`${address}/none`), 'checkpoint/missing');
    expect(missing.details).toMatchObject({ place: `${address}/none/manifest.json`, found: 'HTTP 404' });
    await rejectionOf(fetchTrainingData(`${address}/none`), 'training-data/missing');
    const bytes = await readFile(join(path(), 'model.safetensors'));
    await writeFile(join(path(), 'model.safetensors'), bytes.subarray(0, -1));
    const damaged = await rejectionOf(fetchCheckpoint(`${address}/model`), 'safetensors/malformed');
    expect(damaged.details.place).toBe(`${address}/model/model.safetensors`);
    await writeFile(join(path(), 'manifest.json'), '<!doctype html>');
    await rejectionOf(fetchCheckpoint(`${address}/model`), 'checkpoint/malformed');
  });

  test('that no server provides is reported as missing, and fetching can be aborted', async () => {
    const { details } = await rejectionOf(fetchCheckpoint('http://127.0.0.1:1/model'), 'checkpoint/missing');
    expect(details.cause).toBeInstanceOf(TypeError);
    const signal = AbortSignal.abort(new Error('enough'));
    await expect(fetchCheckpoint(`${address}/model`, { signal })).rejects.toThrow('enough');
  });
});
