import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { backboneName, createBackbone } from '../src/index.js';

const root = fileURLToPath(new URL('../../..', import.meta.url));
const scratch = mkdtempSync(join(tmpdir(), 'create-backbone-'));
let parent: string;
let registry: Server;

/** A registry that has one package. */
beforeAll(async () => {
  registry = createServer(({ url }, response) => response.writeHead(url === '/taken' ? 200 : 404).end());
  await new Promise<void>((resolve) => registry.listen(0, '127.0.0.1', resolve));
});
beforeEach(() => {
  parent = mkdtempSync(join(scratch, 'parent-'));
});
afterAll(() => {
  registry.close();
  rmSync(scratch, { recursive: true });
});

const create = (packageName: string) =>
  createBackbone({ packageName, parent, registry: `http://127.0.0.1:${(registry.address() as AddressInfo).port}` });

test('derives every form of a name', () => {
  expect(backboneName('@mine/two-towers-2')).toEqual({
    packageName: '@mine/two-towers-2',
    name: 'two-towers-2',
    identifier: 'twoTowers2',
    typeName: 'TwoTowers2',
  });
});

test('fills in the names everywhere and depends on the published versions', async () => {
  expect(await create('@mine/two-towers')).toEqual({
    folder: join(parent, 'two-towers'),
    name: 'two-towers',
    nameIsFree: true,
  });
  const files = readdirSync(join(parent, 'two-towers'), { recursive: true, encoding: 'utf8' });
  expect(files).toEqual(expect.arrayContaining(['.gitignore', 'src/two-towers.ts', 'test/two-towers.test.ts']));
  const texts = files
    .filter((file) => /\.\w+$/.test(file))
    .map((file) => readFileSync(join(parent, 'two-towers', file), 'utf8'));
  expect(texts.join('\n')).not.toMatch(/my-?backbone|my-package|0\.0\.0-ours|workspace:/i);
  const { name, dependencies } = JSON.parse(readFileSync(join(parent, 'two-towers/package.json'), 'utf8'));
  const { version } = JSON.parse(readFileSync(join(root, 'packages/ckd-core/package.json'), 'utf8'));
  expect({ name, core: dependencies['@balanced-rec/ckd-core'] }).toEqual({
    name: '@mine/two-towers',
    core: `^${version}`,
  });
});

describe('writes nothing for a refused name', () => {
  test.each([
    ['', 'create/bad-name'],
    ['Two-Towers', 'create/bad-name'],
    ['two_towers', 'create/bad-name'],
    ['../two', 'create/bad-name'],
    ['two--towers', 'create/bad-name'],
    ['2-towers', 'create/bad-name'],
    ['@mine/', 'create/bad-name'],
    ['a'.repeat(215), 'create/bad-name'],
    ['class', 'create/bad-name'],
    ['@mine/events', 'create/bad-name'],
    ['late-fusion', 'create/name-in-use'],
    ['taken', 'create/name-taken'],
  ])('%j: %s', async (name, code) => {
    await expect(create(name)).rejects.toMatchObject({ code });
    expect(readdirSync(parent)).toEqual([]);
  });
});

test('leaves an existing path untouched', async () => {
  writeFileSync(join(parent, 'two-towers'), 'mine');
  await expect(create('two-towers')).rejects.toMatchObject({ code: 'create/folder-exists' });
  expect(readdirSync(parent)).toEqual(['two-towers']);
  expect(readFileSync(join(parent, 'two-towers'), 'utf8')).toBe('mine');
});

test('creates the project and says so when the registry does not respond', async () => {
  const options = { packageName: 'two-towers', parent, registry: 'http://127.0.0.1:1' };
  expect(await createBackbone(options)).toMatchObject({ nameIsFree: false });
});

test('a new project uses the same tool versions as this repository', () => {
  const read = (path: string) => JSON.parse(readFileSync(join(root, path), 'utf8'));
  const { dependencies, devDependencies } = read('packages/create-backbone/templates/standalone/manifest.json');
  // tsup and TypeDoc write types with TypeScript's JavaScript API, which TypeScript 7 does not have.
  const { typescript } = read('tooling/docs-site/package.json').devDependencies;
  const core = read('packages/ckd-core/package.json').dependencies;
  const ours = { ...read('package.json').devDependencies, ...core, typescript };
  const tools = Object.entries({ ...dependencies, ...devDependencies }).filter(([, range]) => range !== '0.0.0-ours');
  expect(tools).toEqual(tools.map(([name]) => [name, ours[name]]));
});
