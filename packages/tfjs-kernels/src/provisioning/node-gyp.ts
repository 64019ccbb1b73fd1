import { existsSync, realpathSync } from 'node:fs';
import { createRequire } from 'node:module';
import { delimiter, dirname, join } from 'node:path';
import { BalancedRecError } from '@balanced-rec/errors';
import { lastLines, runProgram } from './run-program.js';

/**
 * Builds what a folder's binding.gyp describes, into `build/Release` there.
 * @throws BalancedRecError `provisioning/build-failed`
 */
export async function runNodeGyp(folder: string): Promise<void> {
  const [command, ...args] = nodeGyp();
  const headers = dirname(dirname(process.execPath));
  // Where Node.js has come without its headers, node-gyp downloads them.
  const nodedir = existsSync(join(headers, 'include/node/common.gypi')) ? [`--nodedir=${headers}`] : [];
  const { ok, ended, output } = await runProgram(command!, [...args, 'rebuild', '--jobs=2', ...nodedir], {
    cwd: folder,
    env: { ...process.env, PATH: [dirname(process.execPath), process.env.PATH].join(delimiter) },
  });
  if (ok) return;
  throw new BalancedRecError({
    code: 'provisioning/build-failed',
    message: `the binding cannot be compiled\n${lastLines(output, 20)}`,
    expected: 'node-gyp to end well',
    found: ended,
    remedy: 'a C++17 compiler, and headers of Node.js beside it (or a way to nodejs.org)',
  });
}

/** npm brings node-gyp along; where npm is not beside Node.js, the registry has it. */
function nodeGyp(): string[] {
  for (const folder of [dirname(process.execPath), ...(process.env.PATH ?? '').split(delimiter)]) {
    try {
      const npm = realpathSync(join(folder, 'npm'));
      return [process.execPath, createRequire(npm).resolve('node-gyp/bin/node-gyp.js')];
    } catch {
      // Looked for in the next folder.
    }
  }
  return ['npx', '--yes', 'node-gyp@11'];
}
