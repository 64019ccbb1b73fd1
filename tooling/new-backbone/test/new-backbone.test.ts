import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { synthesizeDataset, writeMmrecDataset } from '@balanced-rec/datasets';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { newBackbone } from '../src/new-backbone.js';

const root = fileURLToPath(new URL('../../..', import.meta.url));
/** A workspace with its own `packages/two-towers`; everything else is shared with this repository. */
const workspace = mkdtempSync(join(tmpdir(), 'new-backbone-'));
const folder = join(workspace, 'packages/two-towers');
afterAll(() => rmSync(workspace, { recursive: true }));

beforeAll(async () => {
  for (const shared of ['node_modules', 'tooling']) symlinkSync(join(root, shared), join(workspace, shared));
  for (const name of ['packages', '.changeset']) mkdirSync(join(workspace, name));
  for (const file of ['pnpm-workspace.yaml', 'biome.json']) cpSync(join(root, file), join(workspace, file));
  const made = await newBackbone('two-towers', workspace);
  expect(made).toEqual(['packages/two-towers', '.changeset/new-backbone-two-towers.md']);
  // Stands in for pnpm install: VBPR has the same dependencies.
  symlinkSync(join(root, 'packages/vbpr/node_modules'), join(folder, 'node_modules'));
});

/** Runs one of the repository's tools in the new package. */
function run(tool: string, ...args: string[]): string {
  const { status, stdout, stderr } = spawnSync(process.execPath, [join(root, 'node_modules', tool), ...args], {
    cwd: folder,
    encoding: 'utf8',
  });
  expect(status, `${stdout}\n${stderr}`).toBe(0);
  return stdout;
}

test('has the same dependencies as VBPR, so the symlink above is equivalent to an install', () => {
  const read = (path: string) => JSON.parse(readFileSync(path, 'utf8'));
  const [made, vbpr] = [read(join(folder, 'package.json')), read(join(root, 'packages/vbpr/package.json'))];
  const { name, description } = made;
  expect({ name, description }).toEqual({
    name: '@balanced-rec/two-towers',
    description: 'TwoTowers as a balanced-rec backbone.',
  });
  // The package gets the common version in the first release that includes it.
  const own = { name: '', version: '', description: '' };
  expect({ ...made, ...own }).toEqual({ ...vbpr, ...own });
});

test('passes the type check and the linter', () => {
  run('typescript/bin/tsc', '-p', 'tsconfig.json');
  run('@biomejs/biome/bin/biome', 'check', '--error-on-warnings', '--vcs-enabled=false', 'src', 'test');
});

test('passes the test kit on wasm, both plain and with CKD', () => {
  const results = join(workspace, 'results.json');
  run('vitest/vitest.mjs', 'run', '-t', 'on wasm', '--reporter=json', `--outputFile=${results}`);
  const { numPassedTests, numFailedTests } = JSON.parse(readFileSync(results, 'utf8'));
  expect(numFailedTests).toBe(0);
  expect(numPassedTests).toBeGreaterThan(50);
});

test('builds, and trains with CKD from the command line', async () => {
  run('tsup/dist/cli-default.js', '--no-dts');
  const dataset = synthesizeDataset({ seed: 1, userCount: 40, itemCount: 30, interactionsPerUser: 8 });
  await writeMmrecDataset(dataset, join(workspace, 'data'));
  const cli = [join(root, 'packages/balanced-rec/bin/balanced-rec.js')];
  const args = ['train', join(workspace, 'data'), '--backbone', 'two-towers', '--package', './dist/index.js'];
  const options = ['--engine', 'wasm', '--max-epochs', '2', '--out', join(workspace, 'out')];
  const { status, stdout, stderr } = spawnSync(process.execPath, [...cli, ...args, ...options], {
    cwd: folder,
    encoding: 'utf8',
  });
  expect(status, stderr).toBe(0);
  expect(stdout).toMatch(/^test recall@10 \d\.\d{4}$/m);
});

test('refuses an existing name, an existing changeset and a folder that is not a workspace', async () => {
  const before = readdirSync(join(workspace, 'packages'));
  await expect(newBackbone('two-towers', workspace)).rejects.toMatchObject({ code: 'create/folder-exists' });
  cpSync(join(workspace, '.changeset/new-backbone-two-towers.md'), join(workspace, '.changeset/new-backbone-other.md'));
  await expect(newBackbone('other', workspace)).rejects.toMatchObject({ code: 'create/folder-exists' });
  await expect(newBackbone('Other', workspace)).rejects.toMatchObject({ code: 'create/bad-name' });
  await expect(newBackbone('other', tmpdir())).rejects.toMatchObject({ code: 'create/no-workspace' });
  expect(readdirSync(join(workspace, 'packages'))).toEqual(before);
  expect(existsSync(join(workspace, 'packages/other'))).toBe(false);
});
