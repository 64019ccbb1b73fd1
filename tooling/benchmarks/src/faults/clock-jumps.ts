import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { runWell } from './command-line.js';
import { contentOf, differences } from './folder-content.js';
import { must, type TrialCount, TrialCounter } from './trial-count.js';
import type { WritingCommand } from './writing-commands.js';

/** Jumps of the clock, in seconds. */
const JUMPS: Readonly<Record<string, number>> = { 'back an hour': -3600, 'back ten years': -3.2e8, 'on a year': 3.2e7 };

/**
 * Writes a module to preload before a program. It makes the clock jump by `seconds` once it has been read `after` times; 0 means
 * from the start.
 */
export function jumpingClock(scratch: string, name: string, seconds: number, after: number): string {
  const path = join(scratch, `${name}.mjs`);
  writeFileSync(
    path,
    `const Real = Date;
let readings = 0;
const now = () => Real.now() + (++readings > ${after} ? ${1000 * seconds} : 0);
globalThis.Date = class extends Real {
  constructor(...args) { if (args.length === 0) super(now()); else super(...args); }
  static now() { return now(); }
};
`,
  );
  return path;
}

/** Runs comparisons during which the clock of every process jumps. */
export async function clockJumps(compare: WritingCommand, scratch: string): Promise<TrialCount> {
  const counter = new TrialCounter(
    'the clock jumps during a comparison',
    'the same times and files as without the jump',
  );
  const out = join(scratch, 'clock', 'out');
  await runWell(compare.args(out));
  const whole = contentOf(out);
  for (const [name, seconds] of Object.entries(JUMPS)) {
    await counter.try(name, async () => {
      const folder = join(scratch, `clock-${seconds}`, 'out');
      const preload = [jumpingClock(scratch, `jump${seconds}`, seconds, 3)];
      const started = performance.now();
      await runWell(compare.args(folder), { preload });
      const took = (performance.now() - started) / 1000;
      for (const run of readdirSync(join(folder, 'runs'))) {
        const { wallSeconds, trainSeconds, evaluateSeconds } = JSON.parse(
          readFileSync(join(folder, 'runs', run), 'utf8'),
        ).times;
        for (const time of [wallSeconds, trainSeconds, evaluateSeconds])
          must(time >= 0 && time <= took, `${run} took ${time} of ${took} s`);
      }
      const others = differences(contentOf(folder), whole).filter((file) => !REPEATS_COMMAND.includes(file));
      must(others.length === 0, `different from the run without the fault: ${others}`);
    });
  }
  return counter.count;
}

/** These files contain the name of the output folder. */
const REPEATS_COMMAND = ['comparison.json', 'summary.md', 'summary.json', 'report.html'];
