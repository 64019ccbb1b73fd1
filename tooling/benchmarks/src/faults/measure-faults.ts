import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { bitFlips } from './bit-flips.js';
import { clockJumps, jumpingClock } from './clock-jumps.js';
import { fullDisk } from './full-disk.js';
import { lostFolder, readOnlyDisk } from './lost-folder.js';
import { powerCuts } from './power-cut.js';
import { canMount } from './scratch-disk.js';
import { type SyncCost, syncCosts } from './sync-cost.js';
import type { TrialCount } from './trial-count.js';
import { twoAtOnce } from './two-at-once.js';
import { makeInputs, type WritingCommand, writingCommands } from './writing-commands.js';

export interface FaultMeasurement {
  readonly trials: readonly TrialCount[];
  readonly syncCosts: readonly SyncCost[];
}

/** Injects every single-machine fault, and counts how often everything behaved as required. */
export async function measureFaults(scratch: string, only?: readonly string[]): Promise<FaultMeasurement> {
  const inputs = await makeInputs(join(scratch, 'inputs'));
  const commands = writingCommands(inputs);
  const compare = commands.find(({ name }) => name === 'compare')!;
  const mounted = canMount(join(scratch, 'mount'));
  if (!mounted) process.stderr.write('SKIPPED faults that need a separate disk: mounting is not permitted here\n');
  const onMounted: Readonly<Record<string, () => Promise<TrialCount[]>>> = {
    'full-disk': () => fullDisk(commands, scratch),
    'read-only': async () => [await readOnlyDisk(commands, scratch)],
    'lost-folder': async () => [await lostFolder(compare, scratch)],
    'power-cut': async () => [await powerCuts(scratch)],
  };
  const anywhere: Readonly<Record<string, () => Promise<TrialCount[]>>> = {
    'bit-flips': () => bitFlips(withGraphs(compare, scratch), scratch),
    'two-at-once': () => twoAtOnce(commands, scratch, jumpingClock(scratch, 'old', -3.2e7, 0)),
    clock: async () => [await clockJumps(compare, scratch)],
  };
  const trials: TrialCount[] = [];
  for (const [name, bringAbout] of Object.entries({ ...(mounted ? onMounted : {}), ...anywhere }))
    if (only === undefined || only.includes(name)) trials.push(...(await bringAbout()));
  return { trials, syncCosts: await syncCosts(scratch) };

  /** The same comparison with a backbone that keeps item graphs. */
  function withGraphs(command: WritingCommand, folder: string): WritingCommand {
    const file = join(folder, 'graphs.yaml');
    writeFileSync(file, readFileSync(inputs.comparison, 'utf8').replace('vbpr', 'freedom'));
    return { ...command, args: (out) => command.args(out).map((arg) => (arg === inputs.comparison ? file : arg)) };
  }
}
