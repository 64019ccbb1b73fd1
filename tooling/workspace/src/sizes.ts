import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './packages.js';

/** How many lines of source a package has, or a part of one that is written in another language. */
export interface Size {
  /** `eval`; `tfjs-kernels/native` for a part that is counted by itself. */
  readonly name: string;
  readonly lines: number;
}

/** Where the table of sizes stands, from the repository's folder. */
export const documentOfSizes = 'docs/architecture.md';
/** The share of all lines of `src` that no package may reach. */
export const largestShare = 0.16;
const partsApart = ['assembly', 'native'];
const isSource = (file: string) => /\.(?:ts|css|cc|h)$/.test(file) && !/(?:^|[\\/])generated[\\/]/.test(file);

/** The lines of `src` of every package, and of what a package has beside it, in the order of the alphabet. */
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

/** The document with its table of sizes made anew. */
export function withSizes(document: string, sizes: readonly Size[]): string {
  return document.replace(marked, (_, begin: string, _table, end: string) => `${begin}\n${tableOf(sizes)}\n${end}`);
}

/** What a document's table of sizes says that is no longer so: by more than 15% and more than 50 lines. */
export function wrongSizes(document: string, sizes: readonly Size[]): string[] {
  const told = readTable(document);
  const gone = [...told.keys()].filter((name) => !sizes.some((size) => size.name === name));
  const off = sizes.flatMap(({ name, lines }) => {
    const said = told.get(name);
    if (said === undefined) return [`${name} has ${lines} lines and no row`];
    return Math.abs(said - lines) <= Math.max(50, 0.15 * lines) ? [] : [`${name} has ${lines} lines, not ${said}`];
  });
  return [...gone.map((name) => `${name} has a row and is not there`), ...off];
}

/** Packages with too large a share of all lines of `src`; what is counted by itself counts for neither. */
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

/** To hundreds, and to tens where hundreds would say little. */
function rounded(lines: number): string {
  const unit = lines < 1000 ? 10 : 100;
  return (Math.round(lines / unit) * unit).toLocaleString('en-US');
}

function readTable(document: string): Map<string, number> {
  const [, , table = ''] = marked.exec(document) ?? [];
  const rows = [...table.matchAll(/^\| `([^`]+)` *\| *([\d,]+) \|$/gm)];
  return new Map(rows.map(([, name, lines]) => [name!, Number(lines!.replaceAll(',', ''))]));
}
