import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { appendFile, mkdir, readdir, readFile, truncate, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { beforeAll, describe, expect, it } from 'vitest';
import { thrownBy } from '../../datasets/test/thrown-by.js';
import { type EncodingProgress, type ExtractOptions, extractFeatures } from '../src/index.js';
import { itemLines, makeFolder, namesIn } from './dataset-folder.js';
import { slowly } from './slow-encoder.js';
import { writeTextModel } from './tiny-models.js';

const WORDS = 'red green blue fish bird horse stone river song lamp'.split(' ');
const ITEMS = itemLines(
  Array.from({ length: 60 }, (_, n) => ({
    item_id: `i${n}`,
    title: n % 13 === 5 ? '' : Array.from({ length: 1 + (n % 7) }, (_, k) => WORDS[(n * 3 + k * k) % 10]).join(' '),
  })),
);

const tsx = pathToFileURL(createRequire(import.meta.url).resolve('tsx')).href;
const script = join(import.meta.dirname, 'slow-run.ts');

let modelFolder: string;
let whole: { features: Buffer; record: Buffer };

function encode(folder: string, more: Partial<ExtractOptions<'text'>> = {}) {
  const common = { encoder: slowly(0), source: { columns: ['title'] }, settings: { modelFolder }, batchSize: 3 };
  return extractFeatures({ folder, ...common, ...more });
}

async function readFiles(folder: string): Promise<{ features: Buffer; record: Buffer }> {
  const [features, record] = ['text_feat.npy', 'text_features.json'].map((name) => readFile(join(folder, name)));
  return { features: await features!, record: await record! };
}

function start(folder: string): ChildProcess {
  const args = ['--conditions=@balanced-rec/source', '--import', tsx, script, folder, modelFolder];
  return spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] });
}

/** Starts a process and kills it once it has encoded some items. */
async function killed(folder: string, after: number): Promise<void> {
  const child = start(folder);
  let said = '';
  for await (const chunk of child.stdout!) {
    said += chunk;
    if (said.split('\n').some((line) => Number(line) >= after)) break;
  }
  child.kill('SIGKILL');
  if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
}

beforeAll(async () => {
  modelFolder = await writeTextModel(await makeFolder());
  const folder = await makeFolder({ 'items.jsonl': ITEMS });
  await encode(folder);
  whole = await readFiles(folder);
});

describe('resumes interrupted work', () => {
  it('after two kill -9, to the same bytes as without interruption', async () => {
    const folder = await makeFolder({ 'items.jsonl': ITEMS });
    await killed(folder, 12);
    expect(await namesIn(folder)).toEqual(['.features', 'items.jsonl']);
    await killed(folder, 30);
    const seen: EncodingProgress[] = [];
    await encode(folder, { onProgress: (progress) => seen.push(progress) });
    expect(seen[0]!.resumed).toBeGreaterThanOrEqual(30);
    expect(await readFiles(folder)).toEqual(whole);
    expect(await namesIn(folder)).toEqual(['items.jsonl', 'text_feat.npy', 'text_features.json']);
  });

  it('after an abort, from the next batch', async () => {
    const folder = await makeFolder({ 'items.jsonl': ITEMS });
    const controller = new AbortController();
    const stop = new Error('enough');
    const onProgress = ({ done }: EncodingProgress) => done >= 15 && controller.abort(stop);
    await expect(encode(folder, { signal: controller.signal, onProgress })).rejects.toBe(stop);
    const seen: EncodingProgress[] = [];
    await encode(folder, { onProgress: (progress) => seen.push(progress) });
    expect(seen[0]).toMatchObject({ resumed: 15 });
    expect(await readFiles(folder)).toEqual(whole);
  });

  it('whatever the end of its log looks like', async () => {
    const damages: ((log: string) => Promise<void>)[] = [
      (log) => truncate(log, 700),
      (log) => truncate(log, 5),
      (log) => appendFile(log, Buffer.alloc(4000)),
      (log) => appendFile(log, Buffer.alloc(4000, 0xff)),
      async (log) => {
        const bytes = await readFile(log);
        bytes[bytes.length - 3]! ^= 1;
        await writeFile(log, bytes);
      },
      (log) => writeFile(log, 'something else altogether'),
    ];
    for (const damage of damages) {
      const folder = await makeFolder({ 'items.jsonl': ITEMS });
      const controller = new AbortController();
      const onProgress = ({ done }: EncodingProgress) => done >= 30 && controller.abort(new Error('enough'));
      await encode(folder, { signal: controller.signal, onProgress }).catch(() => {});
      const [log] = (await readdir(join(folder, '.features'))).filter((name) => name.endsWith('.log'));
      await damage(join(folder, '.features', log!));
      await encode(folder);
      expect(await readFiles(folder)).toEqual(whole);
    }
  });

  it('but starts over, and says so, if anything differs', async () => {
    const changes: Partial<ExtractOptions<'text'>>[] = [
      { batchSize: 4 },
      { settings: { modelFolder, options: { pooling: 'cls' } } },
      { source: { columns: ['title', 'item_id'] } },
    ];
    for (const change of changes) {
      const folder = await makeFolder({ 'items.jsonl': ITEMS });
      const controller = new AbortController();
      const onProgress = ({ done }: EncodingProgress) => done >= 9 && controller.abort(new Error('enough'));
      await encode(folder, { signal: controller.signal, onProgress }).catch(() => {});
      const said: string[] = [];
      const seen: EncodingProgress[] = [];
      const settings = { ...(change.settings ?? { modelFolder }), say: (line: string) => void said.push(line) };
      await encode(folder, { ...change, settings, onProgress: (progress) => seen.push(progress) });
      expect(seen[0]!.resumed).toBe(0);
      expect(said.join('\n')).toContain('starting over');
      expect(await namesIn(folder)).not.toContain('.features');
    }
  });
});

describe('concurrent processes', () => {
  it('are limited to one', async () => {
    const folder = await makeFolder({ 'items.jsonl': ITEMS });
    const child = start(folder);
    await once(child.stdout!, 'data');
    const error = await thrownBy(() => encode(folder));
    expect(error.code).toBe('files/in-use');
    expect(error.details.found).toContain(`${child.pid}`);
    child.kill('SIGKILL');
    await once(child, 'exit');
    await encode(folder);
    expect(await readFiles(folder)).toEqual(whole);
  });

  it('ignore a lock file left by a killed process', async () => {
    const folder = await makeFolder({ 'items.jsonl': ITEMS });
    await mkdir(join(folder, '.features'));
    await writeFile(join(folder, '.features', 'text~lock'), `{"process":${process.pid},"host":"${hostname()}"}`);
    await encode(folder);
    expect(await readFiles(folder)).toEqual(whole);
  });
});
