import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { availableParallelism, cpus } from 'node:os';
import { join } from 'node:path';
import type { Checks } from './checks.js';
import { type GuideBlock, readBlocks, withRecords } from './guide-blocks.js';
import { requireSameShape } from './output-shape.js';
import { root } from './repository.js';
import { runProgram } from './run-program.js';

const path = join(root, 'docs/guide.md');

/** Runs the guide block by block in an empty folder. Every block must succeed, and its output must have the shape the guide shows. */
export async function walkGuide(checks: Checks, folder: string, env: NodeJS.ProcessEnv): Promise<void> {
  mkdirSync(folder);
  await checks.inTurn(
    Object.fromEntries(
      readBlocks(readFileSync(path, 'utf8')).map((block, index) => [
        `guide, block ${index + 1}: ${block.script.split('\n')[0]}`,
        async () => requireSameShape((await runBlock(block, folder, env)).output, block.output),
      ]),
    ),
  );
}

/** Runs the guide and updates it with the output and time of each block. */
export async function recordGuide(folder: string, env: NodeJS.ProcessEnv): Promise<void> {
  mkdirSync(folder);
  const guide = readFileSync(path, 'utf8');
  const records: { output: string; seconds: string }[] = [];
  for (const block of readBlocks(guide)) {
    const { output, seconds } = await runBlock(block, folder, env);
    records.push({ output, seconds: seconds.toFixed(1) });
    console.log(`${block.script}${output}(${seconds.toFixed(1)} s)\n`);
  }
  writeFileSync(path, withRecords(guide, records, machine()));
}

/** Both streams in the order they were written, with the folder's path removed. */
async function runBlock({ script }: GuideBlock, folder: string, env: NodeJS.ProcessEnv) {
  const { output, seconds } = await runProgram({
    command: ['sh', '-ec', `exec 2>&1\n${script}`],
    cwd: folder,
    env: { ...env, npm_config_yes: 'true' },
  });
  return { output: output.replaceAll(folder, '.'), seconds };
}

function machine(): string {
  const model = cpus()[0]!.model.replaceAll(/\s+/g, ' ').trim();
  return `Node.js ${process.versions.node}, ${process.platform} ${process.arch}, ${availableParallelism()} cores (${model})`;
}
