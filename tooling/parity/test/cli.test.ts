import { spawn } from 'node:child_process';
import { copyFile, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { BackboneFixture } from '../src/fixture.js';
import { fixtureNames, fixturePath, repoRoot } from './support/fixtures.js';
import { permuted } from './support/permuted.js';

const cli = fileURLToPath(new URL('../src/cli.ts', import.meta.url));
const absent = fixtureNames.length === 0;

interface Finished {
  readonly code: number | null;
  readonly lines: readonly string[];
  readonly stderr: string;
}

/** Runs the command as `pnpm parity` does, on the built packages. */
function parity(...args: string[]): Promise<Finished> {
  const node = ['--import', 'tsx', cli, ...args];
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, node, { cwd: repoRoot });
    let [stdout, stderr] = ['', ''];
    child.stdout.on('data', (text) => {
      stdout += text;
    });
    child.stderr.on('data', (text) => {
      stderr += text;
    });
    child.on('error', reject);
    child.on('close', (code) => resolve({ code, lines: stdout.trimEnd().split('\n'), stderr }));
  });
}

describe('pnpm parity', () => {
  let folder = '';
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'parity-'));
  });
  afterEach(() => rm(folder, { recursive: true }));

  const vbpr = async () => JSON.parse(await readFile(fixturePath('vbpr-1.json'), 'utf8')) as BackboneFixture;
  const write = (name: string, fixture: unknown) => writeFile(join(folder, name), JSON.stringify(fixture));

  test.skipIf(absent)(
    'accepts a fixture with any name and numbering, lists unsupported models as skipped, and succeeds',
    async () => {
      await write('some-other-run.json', { ...permuted(await vbpr()), seed: 77 });
      await copyFile(fixturePath('adjacency-1.json'), join(folder, 'adjacency-1.json'));
      await write('later.json', { model: 'not-yet', nUsers: 1, nItems: 1 });
      await writeFile(join(folder, 'README.md'), 'not a fixture');
      const { code, lines, stderr } = await parity('--fixtures', folder, '--engine', 'cpu');
      expect(stderr).toBe('');
      expect(lines.at(-1)).toMatch(/^\d{2,} passed, 0 failed$/);
      expect(lines.at(-2)).toBe('1 skipped: later');
      expect(lines[0]).toContain('engine cpu');
      expect(lines.filter((line) => line.startsWith('ok   some-other-run ')).length).toBeGreaterThan(20);
      expect(lines.some((line) => line.startsWith('ok   adjacency-1 '))).toBe(true);
      expect(code).toBe(0);
    },
  );

  test.skipIf(absent)('fails when a number in the fixture is wrong, and names it', async () => {
    const fixture = structuredClone(await vbpr()) as { losses: { parts: Record<string, number> } };
    fixture.losses.parts.mf! *= 1.001;
    await write('changed.json', fixture);
    const { code, lines } = await parity('--fixtures', folder);
    expect(lines.filter((line) => line.startsWith('FAIL'))).toEqual([
      expect.stringMatching(/^FAIL changed loss mf: error .*, tolerance 1e-5$/),
    ]);
    expect(lines.at(-1)).toMatch(/^\d+ passed, 1 failed$/);
    expect(lines[0]).toContain('engine wasm');
    expect(code).toBe(1);
  });

  test.each([
    ['is not JSON', '{"model": "vbpr", '],
    ['is null', 'null'],
    ['has no model', '{"nUsers": 3}'],
    ['lacks what its model needs', '{"model": "vbpr", "nUsers": 3, "nItems": 2}'],
  ])('reports a file that %s as failed and still checks the others', async (_, text) => {
    await writeFile(join(folder, 'a-bad-one.json'), text);
    await write('later.json', { model: 'not-yet', nUsers: 1, nItems: 1 });
    const { code, lines } = await parity('--fixtures', folder, '--engine', 'cpu');
    expect(lines.filter((line) => line.startsWith('FAIL a-bad-one: '))).toHaveLength(1);
    expect(lines.at(-2)).toBe('1 skipped: later');
    expect(lines.at(-1)).toBe('0 passed, 1 failed');
    expect(code).toBe(1);
  });

  test('refuses an empty or missing folder, an unknown engine, no folder and an unknown option, each with a reason', async () => {
    const [empty, missing, engine, none, option] = await Promise.all([
      parity('--fixtures', folder, '--engine', 'cpu'),
      parity('--fixtures', join(folder, 'nowhere'), '--engine', 'cpu'),
      parity('--fixtures', folder, '--engine', 'wsm'),
      parity(),
      parity('--fixture', folder),
    ]);
    expect(empty.stderr).toContain(`${folder}: this folder has no fixtures`);
    expect(empty.stderr).toContain('no *.json file');
    expect(missing.stderr).toContain('ENOENT');
    expect(engine.stderr).toContain("there is no engine 'wsm'");
    expect(engine.stderr).toContain("did you mean 'wasm'?");
    expect(none.stderr).toContain('usage: pnpm parity --fixtures DIR');
    expect(option.stderr).toContain("'--fixture'");
    for (const { code, stderr } of [empty, missing, engine, none, option]) {
      expect(code).toBe(2);
      expect(stderr).not.toContain('    at ');
    }
  });
});
