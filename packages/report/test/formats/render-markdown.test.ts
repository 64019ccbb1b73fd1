import { describe, expect, test } from 'vitest';
import { renderMarkdown, summarize } from '../../src/index.js';
import { sampleRecords } from '../sample-records.js';
import { sampleSummary } from '../sample-summary.js';

const hostile = 'a "quoted", name\nwith | pipes & <b>tags</b> `ticks`';

describe('Markdown', () => {
  const command = 'balanced-rec compare --config c.yaml';

  function rendered(options: Parameters<typeof sampleRecords>[0], metrics?: string[]) {
    const records = sampleRecords(options);
    const request = { title: 'A | title', records, summary: summarize(records), command };
    return renderMarkdown(metrics ? { ...request, metrics } : request);
  }

  /** The cells of every table line, escaped bars left alone. */
  function tables(text: string): string[][] {
    return text
      .split('\n')
      .filter((line) => line.startsWith('| '))
      .map((line) => line.slice(2, -2).split(/ (?<!\\)\| /));
  }

  test('has tables of equal width whatever the names are', () => {
    const text = rendered({ datasets: [hostile], backbones: ['a|b', 'vbpr'] }, ['recall@20', 'ndcg@20']);
    const widths = text
      .split('\n\n')
      .map(tables)
      .filter((lines) => lines.length > 0)
      .map((lines) => [lines.length, ...new Set(lines.map((cells) => cells.length))]);
    // Scores and statistics of each metric: a heading, a rule, two backbones and three variants of each.
    const ofMetric = [
      [2 + 2, 7],
      [2 + 6, 11],
    ];
    expect(widths).toEqual([...ofMetric, ...ofMetric]);
    expect(text).not.toContain('<b>');
  });

  test('says where CKD lowers the score, how many seeds there were, and how to repeat it', () => {
    const text = rendered({ datasets: ['baby'], backbones: ['vbpr'] });
    expect(text).toMatch(/CKD is \d\.\d% below plain here/);
    expect(text).toContain('over 3 seeds (1, 2, 3)');
    expect(text).toContain(command);
    expect(text).toContain('data sha256:c04be12f99a0d3e1');
    expect(text).toMatch(/seed 1 −\d\.\d%; seed 2/);
    expect(text).toMatch(/\*\*0\.\d{4} ± 0\.\d{4}\*\*/);
  });

  test('shows a missing cell as a dash, and one seed without ±', () => {
    const records = sampleRecords({ datasets: ['baby'], seeds: [4] }).filter(
      ({ backbone, variant }) => backbone !== 'mmgcn' || variant === 'plain',
    );
    const text = renderMarkdown({ title: 't', records, summary: summarize(records), command });
    const mmgcn = tables(text).find((cells) => cells[1] === 'mmgcn')!;
    expect(mmgcn.slice(3)).toEqual(['–', '–', '–', '–']);
    expect(text).not.toContain(' ± ');
    expect(text).toContain('One seed (4)');
  });

  test('a cell with fewer seeds than the others says so', () => {
    const records = sampleRecords({ datasets: ['baby'], backbones: ['vbpr'] }).filter(
      ({ variant, seed }) => variant !== 'ckd' || seed < 3,
    );
    const text = renderMarkdown({ title: 't', records, summary: summarize(records), command });
    expect(text).toMatch(/0\.\d{4} ± 0\.\d{4} \(n = 2\)/);
    expect(text).toContain('over 2 to 3 seeds');
  });

  test('marks what is significant, and has the ablations and the statistics', () => {
    const records = sampleRecords({ datasets: ['baby'], variants: ['plain', 'ckd', 'ckd-no-generic'], floors: true });
    const summary = sampleSummary(records);
    const text = renderMarkdown({ title: 't', records, summary, command });
    expect(text).toContain('### Test Recall@20');
    expect(text).toContain('### Ablations, test Recall@20');
    expect(text).toContain('### Against plain, test Recall@20');
    expect(text).toMatch(/\| 0\.\d{4}\\\*\\\* ± 0\.\d{4} \|/);
    expect(text).toContain('Holm’s method over the 4 comparisons');
    const popularity = tables(text).find((cells) => cells[1] === 'Popularity')!;
    const mean = summary.tables['recall@20']![0]!.cells.popularity!.mean;
    expect(popularity[2]).toContain(mean.toFixed(4));
    expect(popularity.slice(3).join('')).toBe('');
  });

  test('a command with a fence of its own stays inside its block', () => {
    const records = sampleRecords({ datasets: ['baby'], backbones: ['vbpr'], seeds: [1] });
    const text = renderMarkdown({ title: 't', records, summary: summarize(records), command: 'echo "```"' });
    expect(text).toContain('````sh\necho "```"\n````');
  });
});
