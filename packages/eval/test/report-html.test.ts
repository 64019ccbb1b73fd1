import { Script } from 'node:vm';
import { describe, expect, test } from 'vitest';
import { type RunRecord, renderHtml, summarize } from '../src/report/index.js';
import { sampleRecords } from './report-sample-records.js';

const command = 'balanced-rec compare --config c.yaml';

function page(records: readonly RunRecord[], title = 'A comparison'): string {
  return renderHtml({ title, records, summary: summarize(records), command });
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

const EMPTY = new Set(['meta', 'link', 'br', 'line', 'path', 'circle']);

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
    expect(/https?:\/\/|@import|url\(|\bsrc\s*=|\bfetch\(/i.exec(html)).toBeNull();
    for (const [, target] of html.matchAll(/\bhref="([^"]*)"/g)) expect(target).toBe('data:,');
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

  test('is read without its script: every chart is there, and every metric has its table', () => {
    const charts = markup(html).match(/<svg viewBox[^>]*role="img" aria-label="[^"]+"/g)!;
    expect(charts).toHaveLength(4 + 8 + 4);
    for (const metric of ['recall@10', 'recall@20', 'ndcg@20', 'map@20']) {
      expect(html).toContain(`<div data-metric="${metric}">`);
    }
    expect(html.includes('NaN')).toBe(false);
    expect(html.includes('Infinity')).toBe(false);
    expect(html.replace(/<script>[\s\S]*/, '')).not.toContain('undefined');
  });

  test('names every variant in the legend with a line style of its own', () => {
    const variants = ['plain', 'ckd', 'only:a', 'only:b', 'ckd-no-specific', 'ckd-no-generic', 'ogm-ge'];
    const legend = /<ul class="legend">[\s\S]*?<\/ul>/.exec(page(sampleRecords({ variants, seeds: [1] })))![0];
    const styles = [...legend.matchAll(/class="mean (s\d)"[^>]*?(stroke-dasharray="[^"]*")?\/>/g)].map(
      ([, c, dash]) => `${c}${dash}`,
    );
    expect(styles).toHaveLength(7);
    expect(new Set(styles).size).toBe(7);
  });
});

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
    expect(JSON.parse(data).panels[0].title).toBe(`${name} · ${name}`);
  });
});

describe('comparisons with less in them', () => {
  test('one run', () => {
    const one = page(
      sampleRecords({ datasets: ['d'], backbones: ['vbpr'], variants: ['ckd'], seeds: [1], views: false }),
    );
    expectWellFormed(one);
    expect(one).toContain('plain and CKD were not both run');
    expect(one).not.toContain('id="imbalance"');
    expect(one).not.toContain('CKD vs plain');
  });

  test('without views, weights or curves there is no section about them', () => {
    const plain = sampleRecords({ variants: ['plain'], seeds: [1], views: false });
    const bare = page(plain.map((record) => ({ ...record, curve: [] })));
    expectWellFormed(bare);
    for (const id of ['curves', 'imbalance', 'weights']) expect(bare).not.toContain(`id="${id}"`);
    expect(page(plain)).toContain('id="curves"');
    expect(page(plain)).not.toContain('id="weights"');
  });

  test('a missing cell is a dash', () => {
    const some = all.filter(({ dataset, variant }) => dataset.name !== 'baby' || variant !== 'ckd');
    expect(page(some)).toContain('<span class="none">–</span>');
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
      expect(text).not.toContain('NaN');
    }
  });
});

test('the script is JavaScript and needs nothing but what it is given', () => {
  const source = /<script>([\s\S]*?)<\/script>/.exec(html)![1]!;
  expect(() => new Script(source)).not.toThrow();
  expect(source).not.toMatch(/__vi_|__vite|import\b\s*[({]|require\(/);
});
