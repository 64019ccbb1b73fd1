import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { afterAll, describe, expect, test } from 'vitest';

/**
 * The page's script is the source text of functions of the running program, and who compiles the program changes that
 * text: tsx wraps inner functions in `__name`, bundlers rename. So the page is made by each of them and opened in a browser.
 */
const here = path.dirname(fileURLToPath(import.meta.url));
const bin = path.resolve(here, '..', '..', '..', 'node_modules', '.bin');
const chromium = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'].find(existsSync);
if (!chromium) console.warn('SKIPPED: no Chromium to open the report in');

const folder = mkdtempSync(path.join(tmpdir(), 'report-browser-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const entry = path.join(folder, 'entry.ts');
writeFileSync(
  entry,
  `import { writeFileSync } from 'node:fs';
import { renderHtml, summarize } from ${JSON.stringify(path.join(here, '..', 'src', 'report', 'index.ts'))};
import { sampleRecords } from ${JSON.stringify(path.join(here, 'report-sample-records.ts'))};
const records = sampleRecords({ datasets: ['lfm2k'], seeds: [1, 2] });
writeFileSync(process.argv[2]!, renderHtml({ title: 't', records, summary: summarize(records), command: 'c' }));
`,
);

function bundled(...flags: string[]): string {
  const out = path.join(folder, `bundle${flags.join('')}.mjs`);
  const fixed = ['--bundle', '--platform=node', '--format=esm', '--target=node20', '--conditions=@balanced-rec/source'];
  execFileSync(path.join(bin, 'esbuild'), [entry, ...fixed, ...flags, `--outfile=${out}`], { stdio: 'pipe' });
  return out;
}

const MAKERS: Record<string, (page: string) => void> = {
  tsx: (page) =>
    execFileSync(path.join(bin, 'tsx'), ['--conditions=@balanced-rec/source', entry, page], { stdio: 'pipe' }),
  'a bundle': (page) => execFileSync(process.execPath, [bundled(), page]),
  'a bundle that keeps names': (page) => execFileSync(process.execPath, [bundled('--keep-names'), page]),
  'a minified bundle': (page) => execFileSync(process.execPath, [bundled('--minify'), page]),
};

describe.skipIf(!chromium)('the page in a browser, made by', () => {
  test.each(Object.keys(MAKERS))('%s', (maker) => {
    const page = path.join(folder, `${maker.replaceAll(' ', '-')}.html`);
    MAKERS[maker]!(page);
    // Uses the page as a reader would, then leaves what happened in an attribute.
    const visit = `<script>
const said = []; addEventListener('error', (event) => said.push(event.message));
addEventListener('load', () => {
  const select = document.querySelector('#metric'); select.value = 'ndcg@20'; select.dispatchEvent(new Event('change'));
  document.querySelector('.legend button').click();
  const plot = document.querySelector('.plot'); plot.focus();
  plot.dispatchEvent(new KeyboardEvent('keydown', { key: 'ArrowRight', bubbles: true }));
  const shown = [...document.querySelectorAll('.metric-blocks [data-metric]')].filter((one) => !one.hidden);
  document.documentElement.dataset.visit = JSON.stringify({
    errors: said, fitted: document.querySelectorAll('.plot.fitted').length, figures: document.querySelectorAll('figure').length,
    shown: shown.map((one) => one.dataset.metric), tip: document.querySelector('.tip').innerText,
    axis: plot.querySelector('.title').textContent, pressed: document.querySelector('.legend button').getAttribute('aria-pressed'),
    overflow: document.documentElement.scrollWidth - document.documentElement.clientWidth,
  });
});
</script></head>`;
    writeFileSync(page, readFileSync(page, 'utf8').replace('</head>', visit));
    const dom = execFileSync(
      chromium!,
      [
        '--headless',
        '--no-sandbox',
        '--disable-gpu',
        '--no-first-run',
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-sync',
        `--user-data-dir=${path.join(folder, 'profile')}`,
        '--window-size=500,1000',
        '--dump-dom',
        pathToFileURL(page).href,
      ],
      { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'], maxBuffer: 2 ** 26 },
    );
    const visited = JSON.parse(/data-visit="([^"]*)"/.exec(dom)![1]!.replaceAll('&quot;', '"'));
    expect(visited).toMatchObject({
      errors: [],
      figures: 2 + 4 + 2,
      fitted: 2 + 4 + 2,
      shown: ['ndcg@20'],
      axis: 'validation NDCG@20',
      pressed: 'false',
      overflow: 0,
    });
    expect(visited.tip).toMatch(/^epoch 5\s/);
    expect(visited.tip).not.toContain('plain');
  });
});
