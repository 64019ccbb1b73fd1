import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { readDataset, readOriginalIds } from '@balanced-rec/datasets';
import { BalancedRecError } from '@balanced-rec/errors';
import { DuckDBInstance } from '@duckdb/node-api';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { prepare } from '../src/index.js';
import { type FuzzInput, fuzzInputs, type Samples } from './fuzz-inputs.js';
import { oddQueries } from './odd-parquet.js';
import { tenEach } from './prepared.js';
import { scratchFolder } from './scratch-folder.js';

/** The number of inputs; set the environment variable for more. */
const INPUTS = Number(process.env.BALANCED_REC_FUZZ_INPUTS ?? 250);
const SEED = Number(process.env.BALANCED_REC_FUZZ_SEED ?? 1);

/** No input of this size takes this long, even on a busy machine. */
const LONGEST_MS = 120_000;

test(
  `turns each of ${INPUTS} inputs into a readable dataset or an error with its place, and leaves nothing behind`,
  async () => {
    const root = await scratchFolder();
    const samples = await makeSamples(root);
    const outcomes = new Map<string, number>();
    let slowest = 0;
    let tried = 0;
    await fc.assert(
      fc.asyncProperty(fuzzInputs(samples), async (input) => {
        const folder = join(root, String(tried++));
        const started = performance.now();
        const outcome = await outcomeOf(input, folder);
        slowest = Math.max(slowest, performance.now() - started);
        outcomes.set(`${input.kind}: ${outcome}`, (outcomes.get(`${input.kind}: ${outcome}`) ?? 0) + 1);
        await rm(folder, { recursive: true });
      }),
      { numRuns: INPUTS, seed: SEED },
    );
    const listed = [...outcomes]
      .sort(([one], [other]) => (one < other ? -1 : 1))
      .map(([outcome, count]) => `  ${count} ${outcome}`);
    console.log(`${tried} inputs tried, the slowest in ${Math.round(slowest)} ms\n${listed.join('\n')}`);
    expect(tried).toBeGreaterThanOrEqual(INPUTS);
    // `prepare/failed` means that DuckDB reported something that is not explained yet.
    expect([...outcomes.keys()].filter((outcome) => outcome.includes('prepare/failed'))).toEqual([]);
  },
  LONGEST_MS * 3 + INPUTS * 2000,
);

/** Returns `ok` or the code of the error. Throws anything else. */
async function outcomeOf({ kind, name, bytes, options, asItems }: FuzzInput, folder: string): Promise<string> {
  await mkdir(folder);
  await writeFile(join(folder, name), bytes);
  if (asItems) await writeFile(join(folder, 'good.csv'), tenEach());
  const before = (await readdir(folder)).sort();
  const out = join(folder, 'made');
  const file = join(folder, name);
  const { splitBy, core, layout } = options;
  const chosen = asItems
    ? { splitBy: splitBy === 'column' ? undefined : splitBy, core, layout, items: [file] }
    : options;
  const preparing = prepare({
    memory: '256MB',
    threads: 2,
    ...chosen,
    interactions: [asItems ? join(folder, 'good.csv') : file],
    out,
  });
  const error = await withinTime(preparing).then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  if (error === undefined) {
    await checkMade(out);
    if (kind === 'odd Parquet') await checkIds(out);
    await rm(out, { recursive: true });
  } else if (!(error instanceof BalancedRecError)) {
    throw error;
  } else {
    for (const part of ['place', 'expected', 'found', 'remedy'] as const) {
      if (!error.details[part]) throw new Error(`an error without ${part}: ${error.message}`);
    }
  }
  expect((await readdir(folder)).sort()).toEqual(before);
  if (error === undefined) return 'ok';
  return error.code === 'prepare/failed' ? `${error.code}: ${error.details.found}` : error.code;
}

async function checkMade(out: string): Promise<void> {
  const { hash, layouts, items } = JSON.parse(await readFile(join(out, 'dataset.json'), 'utf8'));
  const dataset = await readDataset(out, { requireFeatures: false });
  expect(dataset.hash).toBe(hash);
  const expected = [
    ...(layouts.includes('lattice') ? ['5-core'] : []),
    'dataset.json',
    ...(items ? ['items.jsonl'] : []),
    'items.tsv',
    ...(layouts.includes('mmrec') ? ['made.inter'] : []),
    'users.tsv',
  ];
  expect((await readdir(out)).sort()).toEqual(expected);
  if (!items) return;
  const lines = (await readFile(join(out, 'items.jsonl'), 'utf8')).split('\n');
  expect(lines.slice(0, -1).map((line) => typeof JSON.parse(line).item_id)).toEqual(
    Array.from({ length: dataset.itemCount }, () => 'string'),
  );
}

/** No list or object of a typed column became an id. */
async function checkIds(out: string): Promise<void> {
  const { userCount, itemCount } = await readDataset(out, { requireFeatures: false });
  const ids = [
    ...(await readOriginalIds(out, 'user', userCount))!,
    ...(await readOriginalIds(out, 'item', itemCount))!,
  ];
  expect(ids.filter((id) => /^[[{]/.test(id))).toEqual([]);
}

function withinTime<T>(running: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`not finished after ${LONGEST_MS} ms`)), LONGEST_MS);
  });
  return Promise.race([running, late]).finally(() => clearTimeout(timer));
}

async function makeSamples(root: string): Promise<Samples> {
  const folder = join(root, 'samples');
  await mkdir(folder);
  await writeFile(join(folder, 'log.csv'), tenEach(50));
  const connection = await (await DuckDBInstance.create()).connect();
  const rows = `(SELECT * FROM read_csv('${folder}/log.csv'))`;
  await connection.run(`COPY ${rows} TO '${folder}/log.parquet' (FORMAT parquet)`);
  await connection.run(`COPY ${rows} TO '${folder}/log.csv.zst' (FORMAT csv, HEADER true, COMPRESSION zstd)`);
  const oddParquet: Uint8Array[] = [];
  for (const query of oddQueries()) {
    await connection.run(`COPY (${query}) TO '${folder}/odd.parquet' (FORMAT parquet)`);
    oddParquet.push(await readFile(join(folder, 'odd.parquet')));
  }
  connection.closeSync();
  return {
    oddParquet,
    parquet: await readFile(join(folder, 'log.parquet')),
    zstd: await readFile(join(folder, 'log.csv.zst')),
  };
}
