import { mkdtemp, readdir, readFile, rm, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { appendDigest, type Damage } from '@balanced-rec/files';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { RandomGenerator } from '../src/backbone.js';
import { featureNeighbours } from '../src/graph/nearest-neighbours.js';
import { NeighbourFolder } from '../src/node.js';
import { onEachEngine } from './support/engines.js';

const [rows, columns, k] = [15, 4, 3];
const random = new RandomGenerator([1, 2, 3, 4]);
const features = { rows, columns, values: Float32Array.from({ length: rows * columns }, () => random.normal()) };

/** The k items with the largest cosine, ascending, by brute force. */
function exhaustive({ values }: typeof features, count: number): number[] {
  const row = (i: number) => values.subarray(i * columns, (i + 1) * columns);
  const dot = (a: Float32Array, b: Float32Array) => a.reduce((sum, x, j) => sum + x * b[j]!, 0);
  const cosine = (i: number, j: number) => dot(row(i), row(j)) / Math.sqrt(dot(row(i), row(i)) * dot(row(j), row(j)));
  const all = Array.from({ length: rows }, (_, j) => j);
  return all.flatMap((i) =>
    [...all]
      .sort((a, b) => cosine(i, b) - cosine(i, a))
      .slice(0, count)
      .sort((a, b) => a - b),
  );
}

let folder: string;
let damages: Damage[];
beforeEach(async () => {
  damages = [];
  folder = await mkdtemp(join(tmpdir(), 'neighbours-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

onEachEngine('Neighbours of features', () => {
  const found = (of = features, count = k) => {
    const pattern = featureNeighbours(of, count, new NeighbourFolder(folder, (damage) => damages.push(damage)));
    const ids = [...pattern.columnIndices];
    pattern.dispose();
    return ids;
  };

  test('are the nearest by cosine, cached or not; all items if there are fewer than k', () => {
    expect([...featureNeighbours(features, k).columnIndices]).toEqual(exhaustive(features, k));
    expect(found()).toEqual(exhaustive(features, k));
    expect(found()).toEqual(exhaustive(features, k));
    expect(found(features, rows + 5)).toEqual(exhaustive(features, rows));
  });

  test('are cached by k and by the content of the features, not by their size', async () => {
    found();
    const values = features.values.slice();
    values[0]! += 3;
    const other = { ...features, values };
    expect(found(other)).toEqual(exhaustive(other, k));
    expect(found(features, k + 1)).toEqual(exhaustive(features, k + 1));
    expect(await readdir(folder)).toHaveLength(3);
    // The cache is really used: valid but different contents come back unchanged.
    const [first] = (await readdir(folder)).filter((name) => name.includes(`-${k + 1}-`));
    const forged = Int32Array.from({ length: rows * (k + 1) }, (_, at) => at % (k + 1));
    await writeFile(join(folder, first!), Buffer.concat([...appendDigest([new Uint8Array(forged.buffer)])]));
    expect(found(features, k + 1)).toEqual([...forged]);
  });

  const sealed = (bytes: Uint8Array) => Buffer.concat([...appendDigest([bytes])]);
  test.each<[string, (path: string) => Promise<void>]>([
    ['cut short', (path) => truncate(path, 7)],
    ['empty', (path) => writeFile(path, '')],
    ['garbage', (path) => writeFile(path, new Uint8Array(4 * rows * k).fill(255))],
    ['no digest', (path) => truncate(path, 4 * rows * k)],
    ['another size', (path) => writeFile(path, sealed(new Uint8Array(4)))],
    ['items out of order', (path) => writeFile(path, sealed(new Uint8Array(4 * rows * k)))],
  ])('are computed again if the file is damaged, which is set aside: %s', async (_, damage) => {
    found();
    const [name] = await readdir(folder);
    const whole = await readFile(join(folder, name!));
    await damage(join(folder, name!));
    expect(found()).toEqual(exhaustive(features, k));
    expect(await readFile(join(folder, name!))).toEqual(whole);
    expect((await readdir(folder)).sort()).toEqual([name, `${name}.damaged-1`]);
    expect(damages).toMatchObject([{ file: join(folder, name!), movedTo: join(folder, `${name}.damaged-1`) }]);
  });
});
