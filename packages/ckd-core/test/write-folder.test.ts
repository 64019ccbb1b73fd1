import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { writeFileAtomically, writeFolderAtomically } from '../src/node.js';
import { temporaryFolder } from './support/temporary-folder.js';

const script = fileURLToPath(new URL('./support/write-forever.ts', import.meta.url));
const fileCount = 60;

/** Starts a process that writes without end, and kills it some time after its first round. */
async function writeAndKill(folder: string, file: string, after: number): Promise<void> {
  const node = ['--import', 'tsx', '--conditions=@balanced-rec/source', script, folder, file, String(fileCount)];
  const child = spawn(process.execPath, node, { stdio: ['ignore', 'pipe', 'inherit'] });
  await once(child.stdout, 'data');
  await new Promise((resolve) => setTimeout(resolve, after));
  child.kill('SIGKILL');
  const [code, signal] = await once(child, 'exit');
  expect([code, signal]).toEqual([null, 'SIGKILL']);
}

/** The generation that a file holds, which must be whole. */
async function generationOf(path: string, length: number): Promise<string> {
  const lines = (await readFile(path, 'utf8')).split('\n');
  expect(lines).toHaveLength(length + 1);
  expect(new Set(lines.slice(0, -1)).size).toBe(1);
  return lines[0]!;
}

describe('writing so that readers see all or nothing', () => {
  const folder = temporaryFolder();

  test.each([0, 3, 7, 13, 22, 40])(
    'a process killed %i ms into rewriting leaves whole files and whole folders',
    async (after) => {
      const [target, file] = [join(folder.path, 'model'), join(folder.path, 'record.json')];
      await writeAndKill(target, file, after);
      await generationOf(file, 40_000);
      if (!existsSync(target)) return;
      const names = await readdir(target);
      expect(names).toHaveLength(fileCount);
      const generations = await Promise.all(names.map((name) => generationOf(join(target, name), 2000)));
      expect(new Set(generations).size).toBe(1);
      // What was left half-done does not stand in the way of the next write.
      await writeFolderAtomically(target, { only: 'this' });
      expect(await readdir(target)).toEqual(['only']);
    },
  );

  test('a file that cannot take its place leaves no temporary file', async () => {
    await writeFolderAtomically(join(folder.path, 'taken'), { inside: 'x' });
    await expect(writeFileAtomically(join(folder.path, 'taken'), 'y')).rejects.toThrow();
    expect(await readdir(folder.path)).toEqual(['taken']);
    expect(await readFile(join(folder.path, 'taken', 'inside'), 'utf8')).toBe('x');
  });

  test('a folder with a name that cannot be written leaves what was there', async () => {
    const target = join(folder.path, 'model');
    await writeFolderAtomically(target, { a: 'old' });
    await expect(writeFolderAtomically(target, { b: 'new', 'no/such/place': 'x' })).rejects.toThrow();
    expect(await readdir(target)).toEqual(['a']);
    expect(await readdir(folder.path)).toEqual(['model']);
  });

  test('a folder replaces a file of its name, and a file an older file', async () => {
    const path = join(folder.path, 'x');
    await writeFile(path, 'old');
    await writeFileAtomically(path, Uint8Array.of(104, 105));
    expect(await readFile(path, 'utf8')).toBe('hi');
    await writeFolderAtomically(path, { a: 'b' });
    expect(await readFile(join(path, 'a'), 'utf8')).toBe('b');
    expect(await readdir(folder.path)).toEqual(['x']);
  });
});
