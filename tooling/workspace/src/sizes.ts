import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './packages.js';

/** The number of source lines in a package, or in a part of it that is written in another language. */
export interface Size {
  /** `eval`, or `tfjs-kernels/native` for a part that is counted separately. */
  readonly name: string;
  readonly lines: number;
}

/** The document with the table of sizes, relative to the repository's folder. */
export const documentOfSizes = 'docs/architecture.md';
/** Each package must have less than this share of all lines in `src`. */
export const largestShare = 0.16;
const partsApart = ['assembly', 'native'];
const isSource = (file: string) => /\.(?:ts|css|cc|h)$/.test(file) && !/(?:^|[\\/])generated[\\/]/.test(file);

/** The lines in every package's `src`, and in each part next to `src` that is counted separately, in alphabetical order. */
export function measureSizes(): Size[] {
  return readdirSync(join(root, 'packages')).flatMap((name) => {
    const folder = join(root, 'packages', name);
    const apart = partsApart.filter((part) => existsSync(join(folder, part)));
    return [
      { name, lines: linesOf(join(folder, 'src')) },
      ...apart.map((part) => ({ name: `${name}/${part}`, lines: linesOf(join(folder, part)) })),
    ];
  });
}

/** The document with an updated table of sizes. */
export function withSizes(document: string, sizes: readonly Size[]): string {
  return document.replace(marked, (_, begin: string, _table, end: string) => `${begin}\n${tableOf(sizes)}\n${end}`);
}

/** What is out of date in a document's table of sizes: wrong by more than 15% and more than 50 lines, missing, or left over. */
export function wrongSizes(document: string, sizes: readonly Size[]): string[] {
  const told = readTable(document);
  const gone = [...told.keys()].filter((name) => !sizes.some((size) => size.name === name));
  const off = sizes.flatMap(({ name, lines }) => {
    const said = told.get(name);
    if (said === undefined) return [`${name} has ${lines} lines but no row`];
    return Math.abs(said - lines) <= Math.max(50, 0.15 * lines) ? [] : [`${name} has ${lines} lines, not ${said}`];
  });
  return [...gone.map((name) => `${name} has a row but does not exist`), ...off];
}

/** Packages with too large a share of all lines in `src`. Parts that are counted separately do not count towards either. */
export function tooLarge(sizes: readonly Size[]): string[] {
  const packages = sizes.filter(({ name }) => !name.includes('/'));
  const all = packages.reduce((sum, { lines }) => sum + lines, 0);
  return packages
    .filter(({ lines }) => lines >= largestShare * all)
    .map(({ name, lines }) => `${name} has ${lines} of ${all} lines, ${((100 * lines) / all).toFixed(1)}%`);
}

function linesOf(folder: string): number {
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter(isSource);
  return files.reduce((sum, file) => sum + readFileSync(join(folder, file), 'utf8').split('\n').length - 1, 0);
}

const marked = /(<!-- sizes: .*? -->\n)([\s\S]*?)(\n<!-- end of sizes -->)/;

function tableOf(sizes: readonly Size[]): string {
  const rows = sizes.map(({ name, lines }) => [`\`${name}\``, rounded(lines)] as const);
  const widths = [0, 1].map((column) => Math.max(...[['package', 'lines'], ...rows].map((row) => row[column]!.length)));
  const [names, numbers] = widths as [number, number];
  return [
    `| ${'package'.padEnd(names)} | ${'lines'.padStart(numbers)} |`,
    `| ${'-'.repeat(names)} | ${'-'.repeat(numbers - 1)}: |`,
    ...rows.map(([name, lines]) => `| ${name.padEnd(names)} | ${lines.padStart(numbers)} |`),
  ].join('\n');
}

/** Rounded to hundreds, or to tens below 1,000. */
function rounded(lines: number): string {
  const unit = lines < 1000 ? 10 : 100;
  return (Math.round(lines / unit) * unit).toLocaleString('en-US');
}

function readTable(document: string): Map<string, number> {
  const [, , table = ''] = marked.exec(document) ?? [];
  const rows = [...table.matchAll(/^\| `([^`]+)` *\| *([\d,]+) \|$/gm)];
  return new Map(rows.map(([, name, lines]) => [name!, Number(lines!.replaceAll(',', ''))]));
}
