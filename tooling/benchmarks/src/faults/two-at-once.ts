import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { dirname, join } from 'node:path';
import { oneErrorOf, runCommand, runWell, startCommand } from './command-line.js';
import { filesBelow } from './folder-content.js';
import { must, type TrialCount, TrialCounter } from './trial-count.js';
import type { WritingCommand } from './writing-commands.js';

const SECONDS = 20;

/** Runs a second command on a folder that another is using, and commands on folders with a lock left by a dead process. */
export async function twoAtOnce(
  commands: readonly WritingCommand[],
  scratch: string,
  oldDates: string,
): Promise<TrialCount[]> {
  return [await seconds(commands, scratch, oldDates), await leftByTheDead(commands[0]!, scratch)];
}

async function seconds(commands: readonly WritingCommand[], scratch: string, oldDates: string): Promise<TrialCount> {
  const counter = new TrialCounter('two commands on one folder', 'the second is refused, the first succeeds');
  for (const command of commands.filter(({ name }) => name !== 'features' && name !== 'export')) {
    const how = [
      { name: 'one after the other', under: [], preload: [] },
      { name: 'with the clock set back a year', under: [], preload: [oldDates] },
      { name: 'from another process namespace', under: ['unshare', '--pid', '--fork', '--kill-child'], preload: [] },
    ];
    for (const { name, under, preload } of how) {
      await counter.try(`${command.name}, ${name}`, async () => {
        const out = join(scratch, 'two', command.name, name.replaceAll(' ', '-'));
        const first = startCommand(command.args(out));
        const lock = ['compare', 'train'].includes(command.name)
          ? join(out, '.lock')
          : join(dirname(out), `.${out.slice(dirname(out).length + 1)}.lock`);
        await exists(lock);
        // Paused, so that it stays alive until the second has ended.
        process.kill(-first.child.pid!, 'SIGSTOP');
        try {
          const code = oneErrorOf(await runCommand(command.args(out), { under, preload }));
          must(code === 'files/in-use', `the error is ${code}`);
        } finally {
          process.kill(-first.child.pid!, 'SIGCONT');
        }
        must((await first.ended).code === 0, 'the first failed');
        must(!filesBelow(dirname(out)).some((file) => /lock$/.test(file)), 'a lock was left behind');
      });
    }
  }
  return counter.count;
}

async function leftByTheDead(compare: WritingCommand, scratch: string): Promise<TrialCount> {
  const counter = new TrialCounter('a lock file left by a dead process', 'the next command takes it over and succeeds');
  const left: Readonly<Record<string, (lock: string, out: string) => Promise<void>>> = {
    'killed (SIGKILL)': async (lock, out) => {
      const running = startCommand(compare.args(out));
      await exists(lock);
      process.kill(-running.child.pid!, 'SIGKILL');
      await running.ended;
      must(readFileSync(lock, 'utf8').includes('process'), 'the lock does not say who held it');
    },
    'its process id now belongs to a running process': async (lock) => say(lock, process.pid, hostname()),
    'from before the machine was restarted': async (lock) => say(lock, 1, hostname(), '2001-01-01T00:00:00.000Z'),
    'from another host': async (lock) => say(lock, process.pid, `not-${hostname()}`),
    'from the future': async (lock) => say(lock, process.pid, hostname(), '2999-01-01T00:00:00.000Z'),
    truncated: async (lock) => writeFileSync(lock, '{"proc'),
  };
  for (const [name, leave] of Object.entries(left)) {
    await counter.try(name, async () => {
      const out = join(scratch, 'dead', name.replaceAll(/[^a-z]+/gi, '-'));
      mkdirSync(out, { recursive: true });
      await leave(join(out, '.lock'), out);
      await runWell(compare.args(out));
    });
  }
  return counter.count;
}

function say(lock: string, process: number, host: string, since = new Date().toISOString()): void {
  writeFileSync(lock, `${JSON.stringify({ process, host, since })}\n`);
}

async function exists(lock: string): Promise<void> {
  for (
    const end = performance.now() + 1000 * SECONDS;
    performance.now() < end;
    await new Promise((resolve) => setTimeout(resolve, 5))
  )
    try {
      if (readFileSync(lock, 'utf8') !== '') return;
    } catch {
      // Not yet.
    }
  throw new Error(`${lock} did not appear`);
}
