import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readdirSync, statSync } from 'node:fs';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { writeFileAtomically, writeFolderAtomically } from '../src/index.js';
import { temporaryFolder } from './temporary-folder.js';

const script = fileURLToPath(new URL('./write-forever.ts', import.meta.url));
const fileCount = 60;

/** Starts a process that writes endlessly, and kills it once `meanwhile` has finished. */
async function writeAndKill(folder: string, file: string, meanwhile: () => unknown): Promise<void> {
  const node = ['--import', 'tsx', '--conditions=@balanced-rec/source', script, folder, file, String(fileCount)];
  const child = spawn(process.execPath, node, { stdio: ['ignore', 'pipe', 'inherit'] });
  await once(child.stdout, 'data');
  await meanwhile();
  child.kill('SIGKILL');
  const [code, signal] = await once(child, 'exit');
  expect([code, signal]).toEqual([null, 'SIGKILL']);
}

const sleep = (duration: number) => new Promise((resolve) => setTimeout(resolve, duration));

/** The number of files in a folder; undefined if it does not exist or was replaced while counting. */
function countFiles(path: string): number | undefined {
  const identity = () => statSync(path, { throwIfNoEntry: false })?.ino;
  const before = identity();
  try {
    const count = readdirSync(path).length;
    return before !== undefined && before === identity() ? count : undefined;
  } catch {
    return undefined;
  }
}

/** The generation of a file's content, which must be complete. */
async function generationOf(path: string, length: number): Promise<string> {
  const lines = (await readFile(path, 'utf8')).split('\n');
  expect(lines).toHaveLength(length + 1);
  expect(new Set(lines.slice(0, -1)).size).toBe(1);
  return lines[0]!;
}

describe('atomic writes', () => {
  const folder = temporaryFolder();

  test.each([0, 5, 13, 30])(
    'leave complete files and folders when the process is killed after %i ms',
    async (after) => {
      const [target, file] = [join(folder.path, 'model'), join(folder.path, 'record.json')];
      await writeAndKill(target, file, () => sleep(after));
      await generationOf(file, 40_000);
      if (!existsSync(target)) return;
      const names = await readdir(target);
      expect(names).toHaveLength(fileCount);
      const generations = await Promise.all(names.map((name) => generationOf(join(target, name), 2000)));
      expect(new Set(generations).size).toBe(1);
      // Unfinished writes do not block the next one.
      await writeFolderAtomically(target, { only: 'this' });
      expect(await readdir(target)).toEqual(['only']);
    },
  );

  test('show readers either all files of a folder or no folder while it is replaced repeatedly', async () => {
    const target = join(folder.path, 'model');
    const counts = new Map<number | undefined, number>();
    await writeAndKill(target, join(folder.path, 'file'), async () => {
      for (const end = Date.now() + 1000; Date.now() < end; ) {
        const count = countFiles(target);
        counts.set(count, (counts.get(count) ?? 0) + 1);
      }
    });
    counts.delete(undefined);
    expect([...counts.keys()]).toEqual([fileCount]);
  });

  test('leave no temporary file if a file cannot be put in place', async () => {
    await writeFolderAtomically(join(folder.path, 'taken'), { inside: 'x' });
    await expect(writeFileAtomically(join(folder.path, 'taken'), 'y')).rejects.toThrow();
    expect(await readdir(folder.path)).toEqual(['taken']);
    expect(await readFile(join(folder.path, 'taken', 'inside'), 'utf8')).toBe('x');
  });

  test('keep the old folder if a file in the new one cannot be written', async () => {
    const target = join(folder.path, 'model');
    await writeFolderAtomically(target, { a: 'old' });
    await expect(writeFolderAtomically(target, { b: 'new', 'no/such/place': 'x' })).rejects.toThrow();
    expect(await readdir(target)).toEqual(['a']);
    expect(await readdir(folder.path)).toEqual(['model']);
  });

  test('replace a file with a folder of the same name, and an older file', async () => {
    const path = join(folder.path, 'x');
    await writeFile(path, 'old');
    await writeFileAtomically(path, Uint8Array.of(104, 105));
    expect(await readFile(path, 'utf8')).toBe('hi');
    await writeFolderAtomically(path, { a: 'b' });
    expect(await readFile(join(path, 'a'), 'utf8')).toBe('b');
    expect(await readdir(folder.path)).toEqual(['x']);
  });
});
