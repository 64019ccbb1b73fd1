import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { exportModel, KNOWN_BACKBONES, openModel } from '@balanced-rec/models';
import { scratchFolder } from '@balanced-rec/tiny-data';
import { type Browser, chromium, type Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { safetensorsExport } from '../../models/src/export/array-formats.js';
import { browserExport } from '../../models/src/export/browser-format.js';
import { bundlePage, chromiumPath, serveFolder, wasmBinary } from './support/browser-site.js';
import * as work from './support/browser-work.js';
import { edit } from './support/data.js';
import { trainedModel } from './support/trained-model.js';

if (!chromiumPath) console.warn('SKIPPED: no Chromium installed');

const policy = "default-src 'self'; script-src 'self' 'wasm-unsafe-eval'; img-src data:";

describe.skipIf(!chromiumPath)('in Chromium', () => {
  let root: string;
  let site: Awaited<ReturnType<typeof serveFolder>>;
  let browser: Browser;
  let page: Page;
  let trained: Awaited<ReturnType<typeof trainedModel>>;
  const complaints: string[] = [];

  beforeAll(async () => {
    root = await scratchFolder();
    trained = await trainedModel(root, { originals: true });
    await work.loadEngine('wasm');
    const model = await openModel(trained.model, { data: trained.data });
    await exportModel(model, join(root, 'site'), { k: 10, formats: [browserExport, safetensorsExport] });
    model.recommender.dispose();
    await bundlePage(join(root, 'site'));
    await writeFile(join(root, 'site/engine.wasm'), await wasmBinary());
    await writeFile(
      join(root, 'site/index.html'),
      `<!doctype html><meta http-equiv="content-security-policy" content="${policy}"><link rel="icon" href="data:,">
       <title>test</title><script type="module" src="browser-page.js"></script>`,
    );
    site = await serveFolder(join(root, 'site'));
    browser = await chromium.launch({ executablePath: chromiumPath!, args: ['--no-sandbox'] });
    page = await browser.newPage();
    page.on('console', (message) => complaints.push(`${message.type()}: ${message.text()}`));
    page.on('pageerror', (error) => complaints.push(String(error.stack)));
    await page.goto(`${site.origin}/index.html`);
    await page.waitForFunction('globalThis.work');
  });

  afterAll(async () => {
    await browser?.close();
    await site?.close();
  });

  /** Calls a function of `browser-work.ts` in the page. */
  const inPage = (call: string, on = page) => on.evaluate(`work.${call}`);

  test('the engine loads from one file and says why no TensorFlow engine was chosen', async () => {
    const fetched: string[] = [];
    page.on('request', (request) => request.url().endsWith('.wasm') && fetched.push(request.url()));
    const engine = await inPage("loadEngine('auto', { wasmFile: '/engine.wasm' })");
    expect(engine).toMatchObject({
      name: 'wasm',
      unavailable: [
        { name: 'gpu', why: 'it only runs in Node.js' },
        { name: 'native', why: 'it only runs in Node.js' },
      ],
    });
    expect(fetched).toEqual([`${site.origin}/engine.wasm`]);
  });

  test.each([[['text', 'image']], [['text']], [['image']]])(
    'an exported model gives the same lists and scores as in Node.js, bit for bit, under %j',
    async (observed) => {
      const model = await openModel(trained.model, { data: trained.data, observed });
      const users = [...Array(model.users.count).keys()];
      const expected = model.recommender.forUsers(users, { k: 10 }).map(({ basis, items, scores }, user) => ({
        user: model.users.idOf(user),
        basis,
        items: Array.from(items, (item) => model.items.idOf(item)),
        scores: [...scores],
      }));
      model.recommender.dispose();
      expect(await inPage(`listsUnder('/browser', ${JSON.stringify(observed)})`)).toEqual(expected);
    },
  );

  test('exported tables give the same lists without the backbone', async () => {
    expect(await inPage("listsOfTables('')")).toEqual(await inPage(`listsUnder('/browser', ['text', 'image'])`));
  });

  const trainings = [...KNOWN_BACKBONES.map((name) => [name, 'plain'] as const), ['vbpr', 'ckd'] as const];
  test.each(trainings)('%s, %s, trains to the same bits as in Node.js', async (name, variant) => {
    const here = await work.parametersTrained(`${site.origin}/browser`, name, variant);
    expect(here.length).toBeGreaterThan(1);
    expect(await inPage(`parametersTrained('/browser', '${name}', '${variant}')`)).toEqual(here);
  });

  test('all of this runs under a policy that forbids evaluating code, with nothing on the console', () => {
    expect(complaints).toEqual([]);
  });

  test('reports a missing folder, a page in its place and a model of other data', async () => {
    await writeFile(join(root, 'site/other.html'), '<!doctype html>');
    const fault = (folder: string) => inPage(`faultOf(() => work.listsUnder('${folder}', ['text']))`);
    expect(await fault('/nowhere')).toMatchObject({
      code: 'checkpoint/missing',
      place: '/nowhere/manifest.json',
      found: 'HTTP 404',
    });
    await edit(join(root, 'site/browser/manifest.json'), (text) => text.replace(/"dataHash": "/, '$&0'));
    expect(await fault('/browser')).toMatchObject({ code: 'model/other-dataset', place: '/browser' });
    await writeFile(join(root, 'site/browser/manifest.json'), '<!doctype html>');
    expect(await fault('/browser')).toMatchObject({ code: 'checkpoint/malformed', found: '<!doctype html>' });
  });

  test('reports an engine whose binary is missing, every time', async () => {
    const other = await browser.newPage();
    await other.goto(`${site.origin}/index.html`);
    await other.waitForFunction('globalThis.work');
    for (const _ of [1, 2])
      expect(await inPage("faultOf(() => work.loadEngine('wasm', { wasmFile: '/none.wasm' }))", other)).toMatchObject({
        code: 'engine/unavailable',
        remedy: expect.stringContaining('/none.wasm'),
      });
    await other.close();
  });
});
