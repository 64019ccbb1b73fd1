import { cpSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { checkpointDamage, identityOfCheckpoint } from '@balanced-rec/ckd-core/node';
import { openSealedJson, withoutDigest } from '@balanced-rec/files';
import { runWell, startCommand } from './command-line.js';
import { contentOf, differences } from './folder-content.js';

import { must, type TrialCount, TrialCounter } from './trial-count.js';
import type { WritingCommand } from './writing-commands.js';

/** Number of single-bit flips in each kind of file, at random positions in each run of the benchmark. */
const FLIPS = 1000;
/** Number of comparisons resumed from a folder with one damaged file, for each kind. */
const RECOVERIES = 1;

/** A kind of file that a comparison keeps: where to find one, and how a flip in it is detected. */
interface KeptKind {
  readonly kind: string;
  find(out: string): string;
  isDamaged(path: string): Promise<boolean>;
}

const digestAtEnd = async (path: string) => withoutDigest(readFileSync(path)) === undefined;
const firstIn = (folder: string) => (out: string) =>
  join(out, folder, readdirSync(join(out, folder)).filter((name) => !name.includes('.damaged-'))[0]!);

const KINDS: readonly KeptKind[] = [
  {
    kind: 'record',
    find: firstIn('runs'),
    isDamaged: async (path) => openSealedJson(readFileSync(path), 'format') === undefined,
  },
  {
    kind: 'model',
    find: (out) => join(firstIn('models')(out), 'model.safetensors'),
    isDamaged: async (path) => (await checkpointDamage(join(path, '..'))) !== undefined,
  },
  {
    kind: 'manifest of a model',
    find: (out) => join(firstIn('models')(out), 'manifest.json'),
    isDamaged: async (path) => (await checkpointDamage(join(path, '..'))) !== undefined,
  },
  { kind: 'teacher', find: firstIn('teachers'), isDamaged: digestAtEnd },
  { kind: 'neighbours', find: firstIn('neighbours'), isDamaged: digestAtEnd },
  {
    kind: 'state of a run in progress',
    find: firstIn('progress'),
    isDamaged: async (path) => (await identityOfCheckpoint(path)) === undefined,
  },
];

/** Checks that every single flipped bit is detected, and that a comparison recovers from it. */
export async function bitFlips(compare: WritingCommand, scratch: string): Promise<TrialCount[]> {
  const out = join(scratch, 'flips', 'out');
  await runWell(compare.args(out));
  const whole = contentOf(out);
  const counts: TrialCount[] = [];
  for (const { kind, find, isDamaged } of KINDS) {
    const folder = kind.startsWith('state') ? await interrupted(compare, out) : out;
    counts.push(await detections(kind, find(folder), isDamaged));
    if (folder === out) counts.push(await recoveries(kind, find, compare, out, whole));
    else counts.push(await stateRecovery(kind, find, compare, folder, out, whole));
  }
  return counts;
}

async function detections(kind: string, path: string, isDamaged: KeptKind['isDamaged']): Promise<TrialCount> {
  const counter = new TrialCounter(`a flipped bit, ${kind}`, 'it is detected');
  const bytes = readFileSync(path);
  let undetected = 0;
  const started = counter.count.tried;
  for (let flip = started; flip < FLIPS; flip++) {
    const bit = Math.floor(Math.random() * 8 * bytes.length);
    const damaged = Buffer.from(bytes);
    damaged[bit >> 3]! ^= 1 << (bit & 7);
    writeFileSync(path, damaged);
    if (!(await isDamaged(path))) {
      undetected++;
      counter.note(`bit ${bit}`);
    }
    for (const aside of readdirSync(join(path, '..')).filter((name) => name.includes('.damaged-')))
      rmSync(join(path, '..', aside));
  }
  writeFileSync(path, bytes);
  return { ...counter.count, tried: FLIPS, held: FLIPS - undetected };
}

function recoveryCounter(kind: string): TrialCounter {
  return new TrialCounter(
    `a comparison resumes with a damaged ${kind}`,
    'named in an event and a warning, set aside, recreated; the same files as without the fault',
  );
}

async function recoveries(
  kind: string,
  find: KeptKind['find'],
  compare: WritingCommand,
  out: string,
  whole: ReadonlyMap<string, string>,
): Promise<TrialCount> {
  const counter = recoveryCounter(kind);
  const kept = `${out}.kept`;
  cpSync(out, kept, { recursive: true });
  for (let n = 0; n < RECOVERIES; n++) {
    await counter.try(`flip ${n + 1}`, async () => {
      const path = find(out);
      // Teachers and neighbours are only read by runs that need them.
      if (kind === 'teacher' || kind === 'neighbours') forgetStudents(out);
      flipIn(path);
      await expectRecovered(compare, out, path, whole);
    });
    rmSync(out, { recursive: true });
    cpSync(kept, out, { recursive: true });
  }
  rmSync(kept, { recursive: true });
  return counter.count;
}

async function stateRecovery(
  kind: string,
  find: KeptKind['find'],
  compare: WritingCommand,
  folder: string,
  out: string,
  whole: ReadonlyMap<string, string>,
): Promise<TrialCount> {
  const counter = recoveryCounter(kind);
  for (let n = 0; n < RECOVERIES; n++) {
    await counter.try(`flip ${n + 1}`, async () => {
      rmSync(out, { recursive: true, force: true });
      cpSync(folder, out, { recursive: true });
      const path = find(out);
      flipIn(path);
      await expectRecovered(compare, out, path, whole);
    });
  }
  return counter.count;
}

async function expectRecovered(
  compare: WritingCommand,
  out: string,
  path: string,
  whole: ReadonlyMap<string, string>,
): Promise<void> {
  const { stdout } = await runWell([...compare.args(out), '--json']);
  const damages = stdout
    .split('\n')
    .filter((line) => line.includes('"type":"damaged"'))
    .map((line) => JSON.parse(line));
  must(damages.length === 1, `${damages.length} "damaged" events`);
  must(path.startsWith(damages[0].file), `the event names ${damages[0].file} instead of ${path}`);
  const others = differences(contentOf(out), whole);
  must(others.length === 0, `different from the run without the fault: ${others}`);
}

function flipIn(path: string): void {
  const bytes = readFileSync(path);
  bytes[Math.floor(Math.random() * bytes.length)]! ^= 1 << Math.floor(Math.random() * 8);
  writeFileSync(path, bytes);
}

/** Removes the students' records, so that their runs are repeated and read the teachers and graphs. */
function forgetStudents(out: string): void {
  for (const name of readdirSync(join(out, 'runs'))) if (name.includes('--ckd--')) rmSync(join(out, 'runs', name));
}

/** A comparison's folder, killed while a run had saved its state. */
async function interrupted(compare: WritingCommand, out: string): Promise<string> {
  const folder = `${out}.interrupted`;
  const moved = `${out}.aside`;
  renameSync(out, moved);
  for (;;) {
    const running = startCommand(compare.args(out));
    const progress = join(out, 'progress');
    const hasState = () => {
      try {
        return readdirSync(progress).some((name) => name.endsWith('.safetensors'));
      } catch {
        return false;
      }
    };
    while (!hasState() && running.child.exitCode === null) await new Promise((resolve) => setTimeout(resolve, 1));
    process.kill(-running.child.pid!, 'SIGKILL');
    await running.ended;
    if (hasState()) break;
    rmSync(out, { recursive: true });
  }
  renameSync(out, folder);
  renameSync(moved, out);
  return folder;
}
