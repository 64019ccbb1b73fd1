import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { withoutDigest } from '@balanced-rec/files';
import { must, type TrialCount, TrialCounter } from './trial-count.js';

const writer = fileURLToPath(new URL('./durable-writer.ts', import.meta.url));
const CUTS = 20;

/**
 * Simulates cutting a disk's power. The disk is an ext4 file system in a file. While a process repeatedly replaces a file and a folder
 * on it, that file is copied without flushing anything, so the copy holds what had reached the disk. The writer prints which
 * generation it was told is safe.
 */
export async function powerCuts(scratch: string): Promise<TrialCount> {
  const counter = new TrialCounter(
    'the power is cut while files and folders are replaced',
    'each is complete, and no older than the last write that was reported as safe',
  );
  const [image, mountPoint, after] = ['disk.img', 'disk', 'disk-after'].map((name) => join(scratch, name)) as [
    string,
    string,
    string,
  ];
  for (const folder of [mountPoint, after]) mkdirSync(folder, { recursive: true });
  for (let cut = 0; cut < CUTS; cut++) {
    writeFileSync(image, '');
    truncateSync(image, 64 * 2 ** 20);
    execFileSync('mkfs.ext4', ['-q', '-F', image]);
    execFileSync('mount', ['-o', 'loop', image, mountPoint]);
    const child = spawn(
      process.execPath,
      [...process.execArgv, '--conditions=@balanced-rec/source', '--import=tsx', writer, mountPoint],
      { stdio: ['ignore', 'pipe', 'inherit'] },
    );
    let safe = 0;
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      safe = Number(text.trimEnd().split('\n').at(-1));
    });
    await once(child.stdout, 'data');
    await new Promise((resolve) => setTimeout(resolve, 100 + 700 * Math.random()));
    child.kill('SIGSTOP');
    // Receive what it printed before it was stopped.
    await new Promise((resolve) => setTimeout(resolve, 50));
    const told = safe;
    copyFileSync(image, `${image}.cut`);
    child.kill('SIGKILL');
    await once(child, 'close');
    execFileSync('umount', [mountPoint]);
    await counter.try(`cut ${cut + 1}, generation ${told}`, () => {
      execFileSync('mount', ['-o', 'loop', `${image}.cut`, after]);
      try {
        expectWhole(after, told);
      } finally {
        execFileSync('umount', [after]);
      }
    });
  }
  for (const file of [image, `${image}.cut`]) rmSync(file, { force: true });
  return counter.count;
}

function expectWhole(disk: string, told: number): void {
  const generations = new Set<number>();
  const file = generationOf(join(disk, 'record'));
  must(file >= told, `the file has generation ${file}, but ${told} was safe`);
  const folder = existsSync(join(disk, 'model')) ? join(disk, 'model') : join(disk, '.model.replaced');
  const names = readdirSync(folder);
  must(names.length === 5, `the folder contains ${names}`);
  for (const name of names) generations.add(generationOf(join(folder, name)));
  must(generations.size === 1, `the folder mixes generations ${[...generations]}`);
  must([...generations][0]! >= told, `the folder has generation ${[...generations]}, but ${told} was safe`);
}

function generationOf(path: string): number {
  const content = withoutDigest(readFileSync(path));
  must(content !== undefined, `${path} is incomplete`);
  return Number(Buffer.from(content).toString('utf8').split('\n')[0]);
}
