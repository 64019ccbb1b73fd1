import { mkdirSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { oneErrorOf, type RunningCommand, runCommand, runWell, startCommand } from './command-line.js';
import { contentOf, differences, filesBelow } from './folder-content.js';
import { expectNothingHalf, undisturbed } from './full-disk.js';
import { ScratchDisk } from './scratch-disk.js';
import { must, type TrialCount, TrialCounter } from './trial-count.js';
import type { WritingCommand } from './writing-commands.js';

const ROOM = 200e6;

/** Runs each command on a disk that is read-only from the start. */
export async function readOnlyDisk(commands: readonly WritingCommand[], scratch: string): Promise<TrialCount> {
  const counter = new TrialCounter('read-only disk, each command', 'one error; nothing changed');
  for (const command of commands) {
    const mountPoint = join(scratch, `read-only-${command.name}`);
    const out = join(mountPoint, 'out');
    const disk = new ScratchDisk(mountPoint, ROOM);
    await counter.try(command.name, async () => {
      command.before?.(out);
      const before = contentOf(mountPoint);
      disk.setReadOnly(true);
      const code = oneErrorOf(await runCommand(command.args(out)));
      must(['files/not-writable', 'comparison/unusable-folder'].includes(code), `the error is ${code}`);
      must(differences(before, contentOf(mountPoint)).length === 0, 'something changed');
    });
    disk.takeAway();
  }
  return counter.count;
}

/** What happens to a comparison's folder while it is running. */
const LOSSES: readonly {
  name: string;
  codes: readonly string[];
  lose(disk: ScratchDisk, out: string): void;
  back(disk: ScratchDisk, out: string): void;
}[] = [
  {
    name: 'is moved away',
    codes: ['files/gone'],
    lose: (_, out) => renameSync(out, `${out}.moved`),
    back: (_, out) => renameSync(`${out}.moved`, out),
  },
  { name: 'is removed', codes: ['files/gone'], lose: (_, out) => rmSync(out, { recursive: true }), back: () => {} },
  {
    name: 'is replaced by another of its name',
    codes: ['files/gone'],
    lose: (_, out) => {
      renameSync(out, `${out}.moved`);
      for (const name of ['', 'runs', 'progress', 'models', 'teachers', 'neighbours']) mkdirSync(join(out, name));
    },
    back: (_, out) => {
      rmSync(out, { recursive: true });
      renameSync(`${out}.moved`, out);
    },
  },
];

/** Runs comparisons whose folder is lost at different moments during a run. */
export async function lostFolder(compare: WritingCommand, scratch: string): Promise<TrialCount> {
  const counter = new TrialCounter(
    "a comparison's folder is lost in its middle",
    'one error; nothing half-written; when the folder is back, the same files as without the fault',
  );
  const mountPoint = join(scratch, 'lost');
  const out = join(mountPoint, 'out');
  const { content: whole } = await undisturbed(compare, mountPoint);
  for (const { name, codes, lose, back } of LOSSES) {
    for (const moment of [/^start /m, /^done /m]) {
      const disk = new ScratchDisk(mountPoint, ROOM);
      await counter.try(`${name}, after ${moment}`, async () => {
        const running = startCommand(compare.args(out));
        await said(running, moment);
        lose(disk, out);
        const code = oneErrorOf(await running.ended);
        must(codes.includes(code), `the error is ${code}`);
        const others = filesBelow(out).filter((file) => !file.startsWith('.lock'));
        must(others.length === 0, `still written: ${others}`);
        back(disk, out);
        expectNothingHalf(out, new Map(whole).set('.lock', contentOf(out).get('.lock') ?? ''), new Map());
        await runWell(compare.args(out));
        const different = differences(contentOf(out), whole);
        must(different.length === 0, `different from the run without the fault: ${different}`);
      });
      disk.takeAway();
    }
  }
  return counter.count;
}

/** Waits until the command's stderr matches `moment`, or the command has exited. */
export async function said({ said: text, child }: RunningCommand, moment: RegExp): Promise<void> {
  while (!moment.test(text()) && child.exitCode === null && child.signalCode === null)
    await new Promise((resolve) => setTimeout(resolve, 5));
}
