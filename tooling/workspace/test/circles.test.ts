import { expect, test } from 'vitest';
import { circleFaults } from '../src/circles.js';
import { type Import, readPackages, type WorkspacePackage } from '../src/packages.js';

const packages = readPackages();

test.each(packages.map(({ name }) => name))('%s has no import cycles', (name) => {
  expect(circleFaults(packages.find((one) => one.name === name)!)).toEqual([]);
});

/** A package with the given imports, one per argument: `src/a.ts ./b.js`. */
function madeUp(...lines: string[]): WorkspacePackage {
  const imports = lines.map((line): Import => {
    const [file, specifier] = line.split(' ') as [string, string];
    return { file, specifier, typeOnly: true, dynamic: false };
  });
  const files = ['src/index.ts', 'src/a.ts', 'src/b.ts', 'src/in/c.ts', 'src/in/deep/d.ts', 'src/out/e.ts'];
  return {
    name: 'made-up',
    folder: 'packages/made-up',
    manifest: { name: '@balanced-rec/made-up', imports: { '#inner': { default: './src/in/c.js' } } },
    sources: new Map(files.map((file) => [file, ''])),
    entries: ['src/index.ts'],
    imports,
  };
}

test('reports a cycle between files once, even if it consists only of type imports', () => {
  expect(circleFaults(madeUp('src/a.ts ./b.js', 'src/b.ts ./a.js'))).toEqual([
    'packages/made-up: an import cycle between files\n  src/a.ts -> src/b.ts: imports ./b.js\n  src/b.ts -> src/a.ts: imports ./a.js',
  ]);
});

test('reports a cycle between folders whose files form none, with one import per arrow', () => {
  expect(circleFaults(madeUp('src/a.ts ./out/e.js', 'src/out/e.ts ../in/c.js', 'src/in/c.ts ../b.js'))).toEqual([
    [
      'packages/made-up: an import cycle between folders',
      '  src -> src/out: src/a.ts imports ./out/e.js',
      '  src/out -> src/in: src/out/e.ts imports ../in/c.js',
      '  src/in -> src: src/in/c.ts imports ../b.js',
    ].join('\n'),
  ]);
});

test('treats a folder and its subfolder as two folders', () => {
  const both = ['src/in/c.ts ./deep/d.js', 'src/in/deep/d.ts ../c.js'];
  expect(circleFaults(madeUp(both[0]!))).toEqual([]);
  expect(circleFaults(madeUp(both[1]!))).toEqual([]);
  expect(circleFaults(madeUp(...both))).toEqual([
    expect.stringContaining('an import cycle between files'),
    expect.stringContaining('an import cycle between folders\n  src/in -> src/in/deep'),
  ]);
});

test("follows imports through the package's own names", () => {
  expect(circleFaults(madeUp('src/a.ts #inner', 'src/in/c.ts ../a.js'))).toHaveLength(2);
});

test('lets an entry import any folder, but lets only entries import an entry', () => {
  const top = ['src/index.ts ./in/c.js', 'src/index.ts ./a.js', 'src/in/c.ts ../a.js'];
  expect(circleFaults(madeUp(...top))).toEqual([]);
  expect(circleFaults(madeUp(...top, 'src/out/e.ts ../index.js'))).toEqual([
    'packages/made-up: src/out/e.ts imports src/index.ts, an entry of the package',
  ]);
});
