import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { renderHtml } from '../../src/index.js';
import { sampleRecords } from '../sample-records.js';
import { sampleSummary } from '../sample-summary.js';

const executablePath = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'].find(existsSync);
if (!executablePath) console.warn('SKIPPED: no Chromium to open the report in');

const VARIANTS = ['plain', 'ckd', 'only:text', 'only:audio', 'ckd-no-specific', 'ogm-ge'];
const records = sampleRecords({ variants: VARIANTS, floors: true });
const summary = sampleSummary(records);
const folder = mkdtempSync(path.join(tmpdir(), 'report-browser-'));
const file = path.join(folder, 'report.html');
const url = pathToFileURL(file).href;

describe.skipIf(!executablePath)('the page in Chromium', () => {
  let browser: Browser;
  /** What went wrong or left the file, in any page of these tests. */
  const complaints: string[] = [];

  beforeAll(async () => {
    writeFileSync(
      file,
      renderHtml({ title: 'A comparison', records, summary, command: 'balanced-rec compare c.yaml' }),
    );
    browser = await chromium.launch({ executablePath: executablePath!, args: ['--no-sandbox'] });
  });

  afterAll(async () => {
    await browser?.close();
    rmSync(folder, { recursive: true, force: true });
  });

  async function open(options: BrowserContextOptions = {}, address = url): Promise<Page> {
    const page = await browser.newPage({ viewport: { width: 1280, height: 900 }, ...options });
    page.on('console', (message) => complaints.push(`${message.type()}: ${message.text()}`));
    page.on('pageerror', (error) => complaints.push(String(error.stack)));
    page.on('request', (request) => {
      if (request.url() !== address && !request.url().startsWith('data:')) complaints.push(`asks for ${request.url()}`);
    });
    await page.goto(address);
    await page.locator('#curves svg[role=img]').waitFor();
    return page;
  }

  const charts = (page: Page) => page.locator('svg[role=img]');
  const overflow = (page: Page) =>
    page.evaluate<number>('document.documentElement.scrollWidth - document.documentElement.clientWidth');
  /** The rows of the table of results that is in sight: first cell, second cell. */
  const results = (page: Page) =>
    page
      .locator('#results [data-metric]:visible tbody tr:not(.group)')
      .evaluateAll((rows) =>
        rows.map((row) =>
          [...(row as unknown as { cells: Iterable<{ textContent: string }> }).cells].map((cell) => cell.textContent),
        ),
      );

  test('draws every chart with a sentence for screen readers', async () => {
    const page = await open();
    // Differences, curves, 2 views, 2 weights, 2 contributions, users and items.
    await expect.poll(() => charts(page).count()).toBe(10);
    for (const label of await charts(page).evaluateAll((all) => all.map((one) => one.getAttribute('aria-label')!)))
      expect(label).toMatch(/^(baby · mmgcn|Difference from plain in test Recall@20).*\d/);
    await page.close();
  });

  test('its tables hold the numbers of the records, for every metric', async () => {
    const page = await open();
    for (const metric of summary.metrics) {
      await page.locator('select[name=metric]').selectOption(metric);
      const rows = await results(page);
      expect(rows).toHaveLength(summary.tables[metric]!.length);
      summary.tables[metric]!.forEach((row, at) => {
        const [plain, ckd] = ['plain', 'ckd'].map((variant) =>
          records
            .filter(
              (run) => run.dataset.name === row.dataset && run.backbone === row.backbone && run.variant === variant,
            )
            .map((run) => run.result.test[metric]!),
        );
        if (plain!.length === 0) return;
        const mean = (values: number[]) => values.reduce((a, b) => a + b) / values.length;
        expect(rows[at]![0]).toBe(row.backbone);
        expect(rows[at]![1]).toContain(mean(plain!).toFixed(4));
        expect(rows[at]![2]).toContain(mean(ckd!).toFixed(4));
        expect(rows[at]![3]).toContain(Math.abs((mean(ckd!) / mean(plain!) - 1) * 100).toFixed(1));
      });
    }
    await page.close();
  });

  test('sorts by mouse and by keyboard, within each dataset, and back', async () => {
    const page = await open();
    const original = await results(page);
    const heading = page.locator('#results [data-metric]:visible th', { hasText: /^plain/ });
    const plain = async () => (await results(page)).slice(0, 4).map(([, cell]) => Number.parseFloat(cell!));
    await heading.getByRole('button').click();
    expect(await heading.getAttribute('aria-sort')).toBe('descending');
    expect(await plain()).toEqual([...(await plain())].sort((a, b) => b - a));
    await heading.getByRole('button').focus();
    await page.keyboard.press('Enter');
    expect(await heading.getAttribute('aria-sort')).toBe('ascending');
    expect(await plain()).toEqual([...(await plain())].sort((a, b) => a - b));
    await page.keyboard.press('Space');
    expect(await heading.getAttribute('aria-sort')).toBeNull();
    expect(await results(page)).toEqual(original);
    // Floors have no CKD and come last in either order.
    const ckd = page.locator('#results [data-metric]:visible th', { hasText: /^CKD\s*$/ }).getByRole('button');
    for (let press = 0; press < 2; press++) {
      await ckd.click();
      expect((await results(page)).slice(2, 4).map(([name]) => name)).toEqual(['Popularity', 'BPR-MF (ids only)']);
    }
    await page.close();
  });

  test('switches metric, dataset and backbone of its charts, and their lines', async () => {
    const page = await open();
    const label = () => page.locator('#curves svg[role=img]').getAttribute('aria-label');
    expect(await label()).toMatch(/^baby · mmgcn: validation Recall@20/);
    await page.locator('select[name=metric]').selectOption('ndcg@20');
    await expect.poll(label).toMatch(/^baby · mmgcn: validation NDCG@20/);
    await page.locator('select[name=dataset]').selectOption('lfm2k');
    await expect.poll(label).toMatch(/^lfm2k · mmgcn/);
    await page.locator('select[name=backbone]').selectOption('vbpr');
    await expect.poll(label).toMatch(/^lfm2k · vbpr.*plain/);
    await page.locator('#curves').getByRole('checkbox', { name: 'plain', exact: true }).focus();
    await page.keyboard.press('Space');
    await expect.poll(label).not.toContain('plain');
    await page.close();
  });

  test('shows values under the pointer, and all of them in a table', async () => {
    const page = await open();
    const picture = page.locator('#curves svg[role=img]');
    await picture.scrollIntoViewIfNeeded();
    const box = (await picture.boundingBox())!;
    await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2);
    const tip = page.locator('#curves [aria-label=tip]').first();
    await expect.poll(() => tip.textContent()).toMatch(/epoch \d+.*plain {2}0\.\d{4}.*CKD {2}0\.\d{4}/);
    const numbers = page.locator('#curves details.numbers');
    await numbers.locator('summary').focus();
    await page.keyboard.press('Enter');
    await expect
      .poll(() => numbers.locator('thead th').allTextContents())
      .toEqual(['epoch', 'plain', 'CKD', 'only audio', 'only text']);
    // It stays open where the chart changes.
    await page.locator('select[name=backbone]').selectOption('vbpr');
    await expect.poll(() => page.locator('#curves details.numbers tbody tr').count()).toBeGreaterThan(10);
    await page.close();
  });

  test.each<[string, BrowserContextOptions]>([
    ['a phone', { viewport: { width: 360, height: 740 } }],
    ['a dark room', { colorScheme: 'dark' }],
  ])('fits %s', async (_, options) => {
    const page = await open(options);
    await expect.poll(() => charts(page).count()).toBe(10);
    expect(await overflow(page)).toBe(0);
    const background = await page.evaluate<string>('getComputedStyle(document.body).backgroundColor');
    expect(background).toBe(options.colorScheme === 'dark' ? 'rgb(20, 23, 26)' : 'rgb(255, 255, 255)');
    await page.close();
  });

  test('prints its charts on white without the switches', async () => {
    const page = await open({ colorScheme: 'dark' });
    await page.emulateMedia({ media: 'print', colorScheme: 'dark' });
    expect(await page.locator('.toolbar').isVisible()).toBe(false);
    expect(await page.locator('#curves svg[role=img]').isVisible()).toBe(true);
    expect(await page.evaluate('getComputedStyle(document.body).backgroundColor')).toBe('rgb(255, 255, 255)');
    await page.close();
  });

  test('is read without a script', async () => {
    const page = await browser.newPage({ javaScriptEnabled: false });
    await page.goto(url);
    expect(await page.locator('#results table').first().isVisible()).toBe(true);
    expect(await page.locator('#results .other-metrics > summary').textContent()).toContain('NDCG@20');
    expect(await page.locator('.toolbar').isVisible()).toBe(false);
    await page.close();
  });

  test('a page made by a minified bundle of this package works as well', async () => {
    const here = path.dirname(fileURLToPath(import.meta.url));
    const entry = path.join(folder, 'entry.ts');
    const [bundle, made] = [path.join(folder, 'bundle.mjs'), path.join(folder, 'bundled.html')];
    writeFileSync(
      entry,
      `import { writeFileSync } from 'node:fs';
import { renderHtml, summarize } from ${JSON.stringify(path.join(here, '..', '..', 'src', 'index.ts'))};
import { sampleRecords } from ${JSON.stringify(path.join(here, '..', 'sample-records.ts'))};
const records = sampleRecords();
writeFileSync(process.argv[2]!, renderHtml({ title: 't', records, summary: summarize(records), command: 'c' }));
`,
    );
    const esbuild = path.join(here, '..', '..', 'node_modules', '.bin', 'esbuild');
    const flags = ['--bundle', '--minify', '--platform=node', '--format=esm', '--conditions=@balanced-rec/source'];
    execFileSync(esbuild, [entry, ...flags, `--outfile=${bundle}`], { stdio: 'pipe' });
    execFileSync(process.execPath, [bundle, made]);
    const page = await open({}, pathToFileURL(made).href);
    await expect.poll(() => charts(page).count()).toBe(10);
    await page.close();
  });

  test('nothing was written to the console, nothing was asked of the network', () => {
    expect(complaints).toEqual([]);
  });
});
