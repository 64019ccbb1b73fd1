import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { Script } from 'node:vm';
import { describe, expect, test } from 'vitest';
import { type RunRecord, renderHtml, summarize } from '../../src/index.js';
import { sampleRecords } from '../sample-records.js';
import { sampleSummary } from '../sample-summary.js';

const command = 'balanced-rec compare --config c.yaml';

function page(records: readonly RunRecord[], title = 'A comparison'): string {
  return renderHtml({ title, records, summary: sampleSummary(records), command });
}

/** The page without scripts and style, which follow other rules than markup. */
function markup(html: string): string {
  return html.replace(/<(script|style)\b[^>]*>[\s\S]*?<\/\1>/g, '');
}

interface Tag {
  name: string;
  attributes: string;
  closing: boolean;
}

function tags(html: string): Tag[] {
  return [...markup(html).matchAll(/<(\/?)([a-z][a-z0-9]*)((?:\s+[^\s=>"]+(?:="[^"]*")?)*)\s*(\/?)>/gi)].map(
    ([, slash, name, attributes]) => ({
      name: name!.toLowerCase(),
      attributes: attributes ?? '',
      closing: slash === '/',
    }),
  );
}

const EMPTY = new Set(['meta', 'link']);

function expectWellFormed(html: string): void {
  const open: string[] = [];
  for (const { name, closing } of tags(html)) {
    if (EMPTY.has(name)) continue;
    if (!closing) open.push(name);
    else expect(open.pop(), `</${name}>`).toBe(name);
  }
  expect(open).toEqual([]);
  // Whatever `<` is left in the text would be an unescaped one.
  const text = markup(html).replace(/<!doctype html>|<\/?[a-z][a-z0-9]*(?:\s+[^\s=>"]+(?:="[^"]*")?)*\s*\/?>/gi, '');
  expect(text).not.toMatch(/[<>]/);
}

/** The rows of a dataset. */
const BABY = ['Popularity', 'BPR-MF (ids only)', 'mmgcn', 'vbpr'];

const all = sampleRecords();
const html = page(all);

describe('the page', () => {
  test('is well formed', () => {
    expectWellFormed(html);
  });

  test('has tables with captions, scopes and rows of equal width', () => {
    const tables = html.match(/<table[\s\S]*?<\/table>/g)!;
    expect(tables.length).toBeGreaterThan(8);
    for (const table of tables) {
      expect(table).toMatch(/<table[^>]*><caption>/);
      expect(table.replace(/<th scope="(?:col|row|rowgroup)"/g, '')).not.toContain('<th ');
      const widths = table.match(/<tr[\s\S]*?<\/tr>/g)!.map((row) =>
        [...row.matchAll(/<t[hd]([^>]*)>/g)].reduce((sum, [, attributes]) => {
          return sum + Number(/colspan="(\d+)"/.exec(attributes!)?.[1] ?? 1);
        }, 0),
      );
      expect(new Set(widths).size).toBe(1);
    }
  });

  test('asks nothing of the network', () => {
    expect(/https?:\/\/|\bsrc\s*=/i.exec(markup(html))).toBeNull();
    expect(/@import|url\(/i.exec(/<style>[\s\S]*<\/style>/.exec(html)![0])).toBeNull();
    for (const [, target] of html.matchAll(/\bhref="([^"]*)"/g)) expect(target).toMatch(/^(data:,|#[a-z0-9-]+)$/);
    expect(html).toContain("default-src 'none'");
  });

  test('is the same for the same runs in any order, but for the cost section', () => {
    expect(page([...all].reverse())).toBe(html);
    const later = all.map((record) => ({
      ...record,
      times: {
        startedAt: '2031-01-01T00:00:00Z',
        wallSeconds: 1,
        trainSeconds: 1,
        evaluateSeconds: 1,
        peakMemoryBytes: 1,
        sittings: 2,
      },
    }));
    const withoutCost = (text: string) => text.replace(/<section id="cost"[\s\S]*?<\/section>/, '');
    expect(page(later)).not.toBe(html);
    expect(withoutCost(page(later))).toBe(withoutCost(html));
  });

  test('says the findings in words, also where CKD does not help', () => {
    const text = markup(html)
      .replace(/<[^>]*>/g, ' ')
      .replace(/\s+/g, ' ');
    expect(text).toMatch(/lfm2k · vbpr \+\d\.\d% Recall@20 with CKD \(0\.\d{4} → 0\.\d{4}, 3 seeds\)/);
    expect(text).toMatch(/CKD is \d\.\d% below plain here\./);
    expect(text).toContain('3 seeds, 48 runs');
    expect(text).toContain(command);
  });

  test('says in one sentence where CKD helps, how surely, and who stays below a floor', () => {
    const text = page(sampleRecords({ floors: true }));
    expect(text).toContain(
      'CKD raises Recall@20 over plain training in 2 of 4 cases (dataset and backbone), significantly in all; it lowers it in 2',
    );
    expect(text).toMatch(/On baby these stay below Popularity: [^<]*mmgcn \(CKD\)/);
    const untested = renderHtml({ title: 't', records: all, summary: { ...summarize(all), comparisons: {} }, command });
    expect(untested).toContain('was not tested');
    expect(untested).not.toContain('id="statistics"');
  });

  test('is read without its script: every metric has its tables', () => {
    for (const metric of ['recall@10', 'recall@20', 'ndcg@20', 'map@20']) {
      // Results, significance and gaps.
      expect(html.split(`<div data-metric="${metric}">`)).toHaveLength(1 + 3);
    }
    expect(markup(html)).not.toMatch(/NaN|Infinity|undefined/);
  });

  test('links to every section that it has, and to no other', () => {
    const links = [...html.matchAll(/href="#([^"]+)"/g)].map(([, id]) => id);
    const sections = [...html.matchAll(/<section id="([^"]+)"/g)].map(([, id]) => id);
    expect(links).toEqual(sections);
    expect(sections).toEqual(['results', 'statistics', 'curves', 'diagnostics', 'cost', 'provenance']);
  });

  test('floors stand first in their dataset, their one value in the first column', () => {
    const records = sampleRecords({ floors: true });
    const table = /<table[\s\S]*?<\/table>/.exec(page(records))![0];
    const rows = [...table.matchAll(/<tr><th scope="row">(.*?)<\/th>(.*?)<\/tr>/g)];
    expect(rows.map(([, name]) => name)).toEqual([...BABY, ...BABY]);
    const cells = [...rows[0]![2]!.matchAll(/<td[^>]*>(.*?)<\/td>/g)].map(([, cell]) => cell!);
    const mean = sampleSummary(records).tables['recall@20']![0]!.cells.popularity!.mean;
    expect(cells[0]).toContain(mean.toFixed(4));
    expect(cells.slice(1).join('')).toBe('');
    expect(table).not.toContain('id-only');
  });

  test('stays far below 1.5 MB with 120 long runs on six backbones', () => {
    const backbones = ['vbpr', 'mmgcn', 'grcn', 'lattice', 'bm3', 'freedom'];
    const variants = ['plain', 'ckd', 'only:text', 'only:audio', 'ogm-ge'];
    const records = sampleRecords({ datasets: ['lfm2k'], backbones, variants, seeds: [1, 2, 3, 4] }).map(prolonged);
    expect(records).toHaveLength(120);
    expect(Buffer.byteLength(page(records))).toBeLessThan(1_250_000);
  });
});

/** The same run with four times as many evaluations, of twice as many metrics. */
function prolonged(record: RunRecord): RunRecord {
  const doubled = (values: Readonly<Record<string, number>> = {}) =>
    Object.fromEntries(
      Object.entries(values).flatMap(([name, value]) => [[name, value] as const, [`${name}0`, value] as const]),
    );
  const { result } = record;
  const curve = record.curve.flatMap((point) =>
    [0, 1, 2, 3].map((k) => ({
      ...point,
      epoch: 4 * point.epoch + k,
      validation: doubled(point.validation),
      ...(point.views
        ? { views: Object.fromEntries(Object.entries(point.views).map(([view, values]) => [view, doubled(values)])) }
        : {}),
    })),
  );
  return {
    ...record,
    curve,
    result: {
      ...result,
      bestEpoch: 4 * result.bestEpoch,
      test: doubled(result.test),
      validation: doubled(result.validation),
    },
  };
}

describe('hostile names', () => {
  const name = `</script><img src=x onerror="alert(1)"><!--'&`;
  const records = sampleRecords({
    datasets: [name],
    backbones: [name],
    variants: ['plain', 'ckd', `only:${name}`, name],
    seeds: [1],
  }).map((record) => ({ ...record, engine: name, versions: { [name]: name }, backboneConfig: { [name]: name } }));
  const hostile = renderHtml({
    title: name,
    records,
    summary: summarize(records),
    command: name,
    extraTables: [{ title: name, text: name, columns: [name, name], rows: [[name, name]] }],
  });

  test('stay text', () => {
    expectWellFormed(hostile);
    expect(hostile).not.toContain('<img');
    expect(hostile).not.toContain('<!--');
    expect(hostile.match(/<\/script>/g)).toHaveLength(2);
  });

  test('reach the script unharmed', () => {
    const data = /<script type="application\/json" id="page-data">([\s\S]*?)<\/script>/.exec(hostile)![1]!;
    const { dataset, backbone } = JSON.parse(data).panels[0];
    expect([dataset, backbone]).toEqual([name, name]);
  });
});

describe('comparisons with less in them', () => {
  test('one run', () => {
    const one = page(
      sampleRecords({ datasets: ['d'], backbones: ['vbpr'], variants: ['ckd'], seeds: [1], views: false }),
    );
    expectWellFormed(one);
    expect(one).toContain('plain and CKD were not both run');
    expect(one).not.toContain('id="views"');
    expect(one).not.toContain('CKD vs plain');
  });

  test('without views, weights or curves there is no section about them', () => {
    const plain = sampleRecords({ variants: ['plain'], seeds: [1], views: false });
    const groups = { users: [], items: [] };
    const bare = page(plain.map((record) => ({ ...record, groups, curve: [] })));
    expectWellFormed(bare);
    for (const id of ['curves', 'diagnostics', 'weights']) expect(bare).not.toContain(`id="${id}"`);
    expect(page(plain)).toContain('id="curves"');
    expect(page(plain)).not.toContain('id="weights"');
  });

  test('a missing cell is a dash', () => {
    const some = all.filter(({ dataset, variant }) => dataset.name !== 'baby' || variant !== 'ckd');
    expect(page(some)).toContain('<td class="n">–</td>');
    expectWellFormed(page(some));
  });

  test('a curve of a single evaluation, or of equal values', () => {
    const short = sampleRecords({ seeds: [1] }).map((record) => ({ ...record, curve: record.curve.slice(0, 1) }));
    const flat = sampleRecords({ seeds: [1] }).map((record) => ({
      ...record,
      curve: record.curve.map((point) => ({ ...point, validation: { 'recall@20': 0 }, views: {}, measures: {} })),
    }));
    for (const text of [page(short), page(flat)]) {
      expectWellFormed(text);
      expect(markup(text)).not.toContain('NaN');
    }
  });
});

describe('the script', () => {
  const source = /<script>([\s\S]*?)<\/script>/.exec(html)![1]!;

  test('is JavaScript, names what it holds with the licences, and asks for no module', () => {
    expect(() => new Script(source)).not.toThrow();
    expect(source).toMatch(
      /^\/\*! This script holds the following packages\.[\s\S]*@observablehq\/plot \d[\s\S]*Permission to use/,
    );
    expect(source).not.toMatch(/\bimport\s*\(|\brequire\(|__vite|\bfetch\(|XMLHttpRequest/);
  });

  test('was bundled from the sources as they are', () => {
    const bundler = fileURLToPath(new URL('../../scripts/bundle-report-page.mjs', import.meta.url));
    expect(execFileSync(process.execPath, [bundler, '--check'], { encoding: 'utf8' })).toContain('up to date');
  });
});
