import { describe, expect, test } from 'vitest';
import { renderLatex, renderMarkdown } from '../../src/index.js';
import { sampleRecords } from '../sample-records.js';
import { sampleSummary } from '../sample-summary.js';

const VARIANTS = ['plain', 'ckd', 'only:text', 'only:audio', 'ckd-no-specific', 'ogm-ge'];
const records = sampleRecords({ variants: VARIANTS, floors: true });
const summary = sampleSummary(records);
const latex = renderLatex({ title: 'A title', summary });

/** Fails unless every environment and brace that opens closes in its order. */
function expectBalanced(text: string): void {
  const environments: string[] = [];
  for (const [, which, name] of text.matchAll(/\\(begin|end)\{([^}]*)\}/g)) {
    if (which === 'begin') environments.push(name!);
    else expect(environments.pop()).toBe(name);
  }
  expect(environments).toEqual([]);
  let depth = 0;
  for (const [brace] of text.replace(/\\\\|\\[{}]/g, '').matchAll(/[{}]/g)) {
    depth += brace === '{' ? 1 : -1;
    expect(depth).toBeGreaterThanOrEqual(0);
  }
  expect(depth).toBe(0);
}

/** The rows of every tabular, as cells. */
function rows(text: string): string[][] {
  return [...text.matchAll(/\\toprule\n([\s\S]*?)\\bottomrule/g)].flatMap(([, body]) =>
    body!
      .split('\n')
      .filter((line) => line.endsWith('\\\\') && !line.includes('multicolumn'))
      .map((line) => line.slice(0, -3).split(' & ')),
  );
}

describe('LaTeX', () => {
  test('is the main table, the ablations and the statistics, each with as many cells as columns', () => {
    expectBalanced(latex);
    expect(latex.match(/\\begin\{table\*\}/g)).toHaveLength(3);
    for (const table of latex.split('\\begin{table*}').slice(1)) {
      const columns = /\\begin\{tabular\}\{([lr]+)\}/.exec(table)![1]!.length;
      for (const cells of rows(table)) expect(cells).toHaveLength(columns);
    }
  });

  test('names the test in the caption, marks what differs and makes the best bold', () => {
    expect(latex).toContain('two-sided Wilcoxon signed-rank test');
    expect(latex).toContain('Holm');
    expect(latex).toMatch(/\d\$\^\{\*+\}\$ \$\\pm\$ 0\.\d{4}/);
    expect(latex).toMatch(/\\textbf\{0\.\d{4}\}/);
  });

  test('holds the numbers of the Markdown', () => {
    const markdown = renderMarkdown({ title: 'A title', records, summary, command: 'c' });
    const numbers = (text: string) => text.match(/[+−-]?\d+\.\d+%?/g)!;
    const inLatex = rows(latex)
      .flat()
      .flatMap((cell) => numbers(cell.replaceAll('$-$', '−').replaceAll('\\%', '%')) ?? []);
    const inMarkdown = markdown
      .split('\n')
      .filter((line) => line.startsWith('| '))
      .flatMap((line) => numbers(line) ?? []);
    expect(inLatex).toEqual(inMarkdown);
    expect(inLatex.length).toBeGreaterThan(150);
  });

  test('typesets hostile names as they stand', () => {
    const name = '50% of a_b & {c} #1 ~ ^ \\input{x} $y$ <z>';
    const hostile = sampleRecords({ datasets: [name], backbones: [name], variants: ['plain', 'ckd', name] });
    const text = renderLatex({ title: `${name}\n\\input{x}`, summary: sampleSummary(hostile) });
    expectBalanced(text);
    expect(text).toContain(
      '50\\% of a\\_b \\& \\{c\\} \\#1 \\textasciitilde{} \\textasciicircum{} \\textbackslash{}input\\{x\\} \\$y\\$ $<$z$>$',
    );
    // The title is in a comment, which a line break would end.
    for (const line of text.split('\n')) if (!line.startsWith('%')) expect(line).not.toContain('\\input');
  });
});
