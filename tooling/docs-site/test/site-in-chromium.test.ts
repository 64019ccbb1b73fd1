import { existsSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo, Server } from 'node:net';
import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core';
import sirv from 'sirv';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { site } from '../src/root.js';

const executablePath = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'].find(existsSync);
const built = existsSync(`${site}/dist/404.html`);
if (!executablePath) console.warn('SKIPPED: no Chromium to open the site in');
if (!built) console.warn('SKIPPED: the site is not built; run `pnpm docs:build`');

describe.skipIf(!executablePath || !built)('the site in Chromium', () => {
  let server: Server;
  let browser: Browser;
  let origin: string;
  /** Errors, console messages and requests outside the site, from any page of a test. */
  const complaints: string[] = [];

  beforeAll(async () => {
    const files = sirv(`${site}/dist`);
    server = createServer((request, response) => files(request, response)).listen(0, '127.0.0.1');
    await new Promise((resolve) => server.once('listening', resolve));
    origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    browser = await chromium.launch({ executablePath: executablePath!, args: ['--no-sandbox'] });
  });
  afterAll(async () => {
    await browser?.close();
    server?.close();
  });
  afterEach(() => expect(complaints.splice(0)).toEqual([]));

  async function open(path: string, options: BrowserContextOptions = {}): Promise<Page> {
    const page = await browser.newPage({ viewport: { width: 1280, height: 900 }, ...options });
    page.on('console', (message) => complaints.push(`${message.type()}: ${message.text()}`));
    page.on('pageerror', (error) => complaints.push(String(error.stack)));
    page.on('response', (response) => {
      if (!response.ok() && response.status() !== 304) complaints.push(`${response.status()}: ${response.url()}`);
    });
    page.on('request', (request) => {
      if (!request.url().startsWith(origin) && !request.url().startsWith('data:'))
        complaints.push(`requests ${request.url()}`);
    });
    await page.goto(`${origin}${path}`, { waitUntil: 'networkidle' });
    return page;
  }

  const sidewaysScroll = (page: Page) =>
    page.evaluate<number>('document.documentElement.scrollWidth - document.documentElement.clientWidth');

  test('links from the landing page to the quickstart', async () => {
    const page = await open('/');
    await page.getByRole('link', { name: 'Quickstart' }).click();
    await page.waitForURL('**/start.html');
    expect(await page.locator('main h1').textContent()).toContain('balanced-rec');
    await page.close();
  });

  test.each(['light', 'dark'] as const)('shows a report in %s on the landing page', async (colorScheme) => {
    const page = await open('/', { colorScheme });
    const shown = page.locator('.report-picture img:visible');
    await shown.scrollIntoViewIfNeeded();
    await expect.poll(() => shown.evaluate((image) => image.naturalWidth)).toBe(1240);
    expect(await shown.getAttribute('src')).toBe(
      colorScheme === 'dark' ? '/images/report-dark.png' : '/images/report.png',
    );
    await page.close();
  });

  test.each(['ckd', 'vbpr', 'mmgcn', 'grcn', 'lattice', 'bm3', 'freedom', 'statistics'])(
    'renders the equations on /%s',
    async (name) => {
      const page = await open(`/${name}.html`);
      expect(await page.locator('main .katex').count()).toBeGreaterThan(0);
      expect(await page.locator('main .katex-error').count()).toBe(0);
      const prose = await page.locator('main').evaluate((main) => {
        for (const code of main.querySelectorAll('code, pre, annotation')) code.remove();
        return main.textContent;
      });
      expect(prose).not.toMatch(/\$\$?[\\\w]/);
      await page.close();
    },
  );

  test("shows an export's signature with links to its types", async () => {
    const page = await open('/api/ckd-core/functions/distill.html');
    expect(await page.locator('main pre').first().textContent()).toContain('function distill(');
    await page.locator('main table').getByRole('link', { name: 'Backbone', exact: true }).click();
    await page.waitForURL('**/api/ckd-core/interfaces/Backbone.html');
    await page.close();
  });

  test('finds the method by search', async () => {
    const page = await open('/');
    await page
      .getByRole('button', { name: /search/i })
      .first()
      .click();
    await page.locator('#localsearch-input').fill('counterfactual weights');
    await page.locator('.VPLocalSearchBox .result').first().waitFor();
    expect(await page.locator('.VPLocalSearchBox .result').allTextContents()).toEqual(
      expect.arrayContaining([expect.stringContaining('Counterfactual')]),
    );
    await page.close();
  });

  test('opens a linked file that is not a page', async () => {
    const page = await open('/start.html');
    const address = await page.locator('main a[href$="report.html"]').first().getAttribute('href');
    const response = await page.request.get(`${origin}${address}`);
    expect(response.ok()).toBe(true);
    expect(await response.text()).toMatch(/^<!doctype html>/i);
    await page.close();
  });

  test.each(['light', 'dark'] as const)('follows the preferred color scheme: %s', async (colorScheme) => {
    const page = await open('/ckd.html', { colorScheme });
    const lightness = await page.evaluate<number>(
      'getComputedStyle(document.body).backgroundColor.match(/\\d+/g).slice(0, 3).reduce((sum, part) => sum + Number(part), 0)',
    );
    expect(lightness > 382).toBe(colorScheme === 'light');
    await page.close();
  });

  test.each([
    '/',
    '/start.html',
    '/cli.html',
    '/comparison.html',
    '/ckd.html',
    '/vbpr.html',
    '/results/',
    '/api/',
    '/api/ckd-core/interfaces/Backbone.html',
  ])('%s does not scroll sideways on a phone', async (path) => {
    const page = await open(path, { viewport: { width: 390, height: 844 } });
    expect(await sidewaysScroll(page)).toBe(0);
    await page.close();
  });
});
