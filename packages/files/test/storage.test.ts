import { execFileSync } from 'node:child_process';
import { readdirSync, writeFileSync } from 'node:fs';
import { mkdir, readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import {
  isStorageError,
  replaceFolder,
  storageError,
  writeFileAtomically,
  writeFileAtomicallySync,
} from '../src/index.js';
import { mounts } from './mounts.js';
import { temporaryFolder } from './temporary-folder.js';

const folder = temporaryFolder();
const codeOf = async (work: () => unknown) => {
  const error = await Promise.resolve()
    .then(work)
    .then(
      () => 'no error',
      (thrown: { code?: string }) => thrown,
    );
  expect(isStorageError(error)).toBe(true);
  return (error as { code: string }).code;
};

test('does not create a vanished folder again for a single file', async () => {
  const path = join(folder.path, 'gone', 'record');
  expect(await codeOf(() => writeFileAtomically(path, 'x'))).toBe('files/gone');
  expect(await codeOf(() => writeFileAtomicallySync(path, 'x'))).toBe('files/gone');
  expect(await readdir(folder.path)).toEqual([]);
});

test('does not treat a read error as a write error', () => {
  const reading = Object.assign(new Error('no such file'), { code: 'ENOENT', syscall: 'open', path: '/else/where' });
  expect(storageError(reading, folder.path)).toBe(reading);
  expect(isStorageError(storageError(reading, '/else', '/else'))).toBe(true);
});

test('restores the old folder after being killed between the two renames', async () => {
  await mkdir(join(folder.path, '.model.replaced'));
  writeFileSync(join(folder.path, '.model.replaced', 'old'), 'x');
  await expect(replaceFolder(join(folder.path, 'model'), () => Promise.reject(new Error('boom')))).rejects.toThrow(
    'boom',
  );
  expect(await readdir(folder.path)).toEqual(['model']);
  expect(await readFile(join(folder.path, 'model', 'old'), 'utf8')).toBe('x');
});

/** Requires permission to mount. */
const canMount = process.platform === 'linux' && process.getuid?.() === 0 && mounts();

describe.skipIf(!canMount)('on a disk of 64 KB', () => {
  let disk: string;
  beforeEach(async () => {
    disk = join(folder.path, 'disk');
    await mkdir(disk);
    mount('-t', 'tmpfs', '-o', 'size=65536', 'none', disk);
  });
  afterEach(() => execFileSync('umount', ['--lazy', disk]));

  test('keeps the old content if there is no space for the new', async () => {
    await writeFileAtomically(join(disk, 'file'), 'old');
    const large = new Uint8Array(100_000);
    expect(await codeOf(() => writeFileAtomically(join(disk, 'file'), large))).toBe('files/no-space');
    expect(await codeOf(() => writeFileAtomicallySync(join(disk, 'file'), large))).toBe('files/no-space');
    const fill = (temporary: string) => writeFileAtomically(join(temporary, 'a'), large);
    expect(await codeOf(() => replaceFolder(join(disk, 'folder'), fill))).toBe('files/no-space');
    expect(readdirSync(disk)).toEqual(['file']);
    expect(await readFile(join(disk, 'file'), 'utf8')).toBe('old');
  });

  test('refuses to write once it is read-only', async () => {
    await writeFileAtomically(join(disk, 'file'), 'old');
    mount('-o', 'remount,ro', disk);
    expect(await codeOf(() => writeFileAtomically(join(disk, 'file'), 'new'))).toBe('files/not-writable');
    expect(await codeOf(() => replaceFolder(join(disk, 'folder'), async () => {}))).toBe('files/not-writable');
    expect(readdirSync(disk)).toEqual(['file']);
  });
});

function mount(...args: string[]): void {
  execFileSync('mount', args, { stdio: 'pipe' });
}
