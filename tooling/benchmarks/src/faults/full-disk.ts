import { rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { oneErrorOf, runCommand, runWell } from './command-line.js';
import { contentOf, differences, filesBelow } from './folder-content.js';
import { ScratchDisk } from './scratch-disk.js';
import { must, type TrialCount, TrialCounter } from './trial-count.js';
import type { WritingCommand } from './writing-commands.js';

const ROOM = 200e6;
/** The disk is full after these fractions of what the command writes. */
const SHARES = [0.02, 0.35, 0.7, 0.95];
const CODES = ['files/no-space', 'prepare/disk-full'];

/** Runs each command on a disk that fills up at different moments, and again once there is room. */
export async function fullDisk(commands: readonly WritingCommand[], scratch: string): Promise<TrialCount[]> {
  const counts: TrialCount[] = [];
  for (const command of commands) counts.push(await onFullDisk(command, scratch));
  return counts;
}

async function onFullDisk(command: WritingCommand, scratch: string): Promise<TrialCount> {
  const counter = new TrialCounter(
    `full disk, ${command.name}`,
    'one error; nothing half-written; once there is room, the same files as without the fault',
  );
  const mountPoint = join(scratch, `full-${command.name}`);
  const out = join(mountPoint, 'out');
  const { content: whole, bytes, before } = await undisturbed(command, mountPoint);
  for (const share of SHARES) {
    const disk = new ScratchDisk(mountPoint, before + Math.max(8192, share * (bytes - before)));
    try {
      await counter.try(`room for ${Math.round(100 * share)} %`, async () => {
        command.before?.(out);
        const there = contentOf(out);
        const code = oneErrorOf(await runCommand(command.args(out)));
        must(CODES.includes(code), `the error is ${code}`);
        expectNothingHalf(out, whole, there);
        must(
          filesBelow(mountPoint).every((name) => name.startsWith('out/')),
          `files outside the folder: ${filesBelow(mountPoint)}`,
        );
        disk.resize(ROOM);
        await runWell(command.args(out));
        const others = differences(contentOf(out), whole);
        must(others.length === 0, `different from the run without the fault: ${others}`);
      });
    } finally {
      disk.takeAway();
    }
  }
  rmSync(mountPoint, { recursive: true, force: true });
  return counter.count;
}

/** What the command writes to the same place without a fault, and how much room it takes. */
export async function undisturbed(
  command: WritingCommand,
  mountPoint: string,
): Promise<{ content: Map<string, string>; bytes: number; before: number }> {
  const out = join(mountPoint, 'out');
  const disk = new ScratchDisk(mountPoint, ROOM);
  try {
    command.before?.(out);
    const before = pages(out);
    await runWell(command.args(out));
    return { content: contentOf(out), bytes: pages(out), before };
  } finally {
    disk.takeAway();
  }
}

/** Checks that every file is unchanged, complete, or a state to resume from, which is verified when it is read. */
export function expectNothingHalf(
  out: string,
  whole: ReadonlyMap<string, string>,
  before: ReadonlyMap<string, string>,
): void {
  for (const [name, digest] of contentOf(out)) {
    const isState = /^progress\/[^/]*\.safetensors$/.test(name) || /^\.features\/[^/]*\.log$/.test(name);
    must(isState || [whole.get(name), before.get(name)].includes(digest), `half-written: ${name}`);
  }
}

function pages(folder: string): number {
  return filesBelow(folder).reduce((sum, name) => sum + Math.ceil(statSync(join(folder, name)).size / 4096) * 4096, 0);
}
