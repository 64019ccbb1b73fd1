import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = fileURLToPath(new URL('../../..', import.meta.url));

/** What Node.js runs for `pnpm bench`, on the built packages. */
const command = ['--import', 'tsx', join(root, 'tooling', 'benchmarks', 'src', 'cli.ts')];

/** Runs `pnpm bench` and returns the document it prints. */
export async function bench(...args: string[]) {
  const { status, stdout, stderr } = await run(args);
  if (status !== 0) throw new Error(stderr);
  return JSON.parse(stdout);
}

/** Runs `pnpm bench` with arguments it should refuse. */
export const failedBench = (...args: string[]) => run(args);

/** Asynchronous, because otherwise the test runner would not hear from this process until its tests finish. */
function run(args: string[]): Promise<{ status: number; stdout: string; stderr: string }> {
  return new Promise((resolve) => {
    const child = execFile(process.execPath, [...command, ...args], { cwd: root }, (_, stdout, stderr) =>
      resolve({ status: child.exitCode!, stdout, stderr }),
    );
  });
}
