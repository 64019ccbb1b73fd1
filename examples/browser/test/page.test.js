// Compares the built page in Chromium with the output of `balanced-rec recommend` for the same model.
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { after, before, suite, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { chromium } from 'playwright-core';
import { serveFolder } from './serve-folder.js';

const executablePath = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'].find(existsSync);
const root = fileURLToPath(new URL('..', import.meta.url));
const views = { 'image and text': [], 'image alone': ['--observed', 'image'], 'text alone': ['--observed', 'text'] };

/** What the command line recommends. */
async function recommended(...options) {
  const command = ['recommend', 'runs/models/planted--vbpr--ckd--s1', '--data', 'data/planted', '--engine', 'wasm'];
  const { stdout } = await promisify(execFile)(
    process.execPath,
    ['node_modules/balanced-rec/bin/balanced-rec.js', ...command, ...options, '--format', 'jsonl'],
    { cwd: root, maxBuffer: 2 ** 26 },
  );
  return stdout
    .trim()
    .split('\n')
    .map((line) =>
      JSON.parse(line).items.map(({ item, score }) => ({ item: String(item), score: Math.fround(score) })),
    );
}

suite('the page', { skip: executablePath ? false : 'SKIPPED: no Chromium to open it in' }, () => {
  let site;
  let browser;
  let page;
  const complaints = [];

  before(async () => {
    site = await serveFolder(`${root}dist`);
    browser = await chromium.launch({ executablePath, args: ['--no-sandbox'] });
    page = await open();
  });

  after(async () => {
    await browser?.close();
    await site?.close();
  });

  async function open(options = {}) {
    const opened = await browser.newPage(options);
    opened.setDefaultTimeout(10_000);
    opened.on('console', (message) => complaints.push(`${message.type()}: ${message.text()}`));
    opened.on('pageerror', (error) => complaints.push(error.stack));
    opened.on('request', (request) => {
      if (!/^data:/.test(request.url()) && !request.url().startsWith(`${site.origin}/`))
        complaints.push(`requests ${request.url()}`);
    });
    await opened.goto(`${site.origin}/`);
    await opened.locator('#list li').first().waitFor();
    return opened;
  }

  /** The displayed list, with scores in full precision. */
  const shown = () =>
    page.locator('#list li').evaluateAll((rows) =>
      rows.map((row) => ({
        item: row.querySelector('[data-item]').dataset.item,
        score: Number(row.querySelector('data').value),
      })),
    );

  for (const [view, options] of Object.entries(views))
    test(`recommends to users by ${view} with the same items and scores as the command line`, async () => {
      const expected = await recommended('--all', ...options);
      await page.getByLabel(view, { exact: true }).check();
      for (let user = 0; user < expected.length; user += 23) {
        await page.getByLabel('User', { exact: true }).selectOption(String(user));
        assert.deepEqual(await shown(), expected[user]);
      }
    });

  test('recommends to someone with given items as the command line does', async () => {
    await page.getByLabel('image and text').check();
    await page.getByLabel('Items', { exact: true }).fill('3, 8, 21');
    const [expected] = await recommended('--items', '3,8,21');
    assert.deepEqual(await shown(), expected);
    assert.deepEqual(await page.locator('#seen li').allTextContents(), ['3', '8', '21']);
  });

  test('reports unknown items', async () => {
    await page.getByLabel('Items', { exact: true }).fill('3, 999');
    assert.match(await page.getByRole('status').textContent(), /item.*expected: a number from 0 to 249.*999/s);
    assert.deepEqual(await shown(), []);
  });

  test('works with the keyboard alone', async () => {
    await page.reload();
    await page.locator('#list li').first().waitFor();
    const focused = () => page.evaluate(() => `${document.activeElement.name}=${document.activeElement.value}`);
    const first = await shown();
    await page.keyboard.press('Tab');
    assert.equal(await focused(), 'who=user');
    await page.keyboard.press('Tab');
    await page.keyboard.press('ArrowDown');
    assert.equal(await focused(), 'user=1');
    const second = await shown();
    assert.notDeepEqual(second, first);
    await page.keyboard.press('Tab');
    await page.keyboard.type('5 9');
    assert.equal(await page.locator('[name=who]:checked').inputValue(), 'items');
    const third = await shown();
    assert.notDeepEqual(third, second);
    await page.keyboard.press('Tab');
    assert.equal(await focused(), 'view=0');
    await page.keyboard.press('ArrowDown');
    assert.equal(await focused(), 'view=1');
    assert.notDeepEqual(await shown(), third);
  });

  test('fits a phone screen', async () => {
    const narrow = await open({ viewport: { width: 320, height: 640 }, colorScheme: 'dark' });
    const overflow = () => document.documentElement.scrollWidth - document.documentElement.clientWidth;
    assert.equal(await narrow.evaluate(overflow), 0);
    await narrow.close();
  });

  test('makes no requests to other origins and leaves the console empty', () => assert.deepEqual(complaints, []));
});
