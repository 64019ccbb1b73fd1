// Checks the package in the current folder as its users get it: packs it and inspects the tarball.
import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pnpm, root } from './steps.mjs';

const scratch = mkdtempSync(join(tmpdir(), 'balanced-rec-pack-'));
try {
  const tarball = pack();
  const faults = [...contentFaults(tarball), ...toolFaults(tarball)];
  for (const fault of faults) console.error(`${packageName()}: ${fault}`);
  process.exitCode = faults.length > 0 ? 1 : 0;
  if (faults.length === 0) console.log(`${packageName()}: the tarball is valid`);
} finally {
  rmSync(scratch, { recursive: true, force: true });
}

function packageName() {
  return JSON.parse(readFileSync('package.json', 'utf8')).name;
}

/** Packs with pnpm, because it applies publishConfig, resolves workspace versions and adds the repository's LICENSE. */
function pack() {
  const fromPnpm = process.env.npm_execpath?.match(/pnpm\.c?js$/) ? [process.execPath, process.env.npm_execpath] : pnpm;
  const [command, ...args] = [...fromPnpm, 'pack', '--pack-destination', scratch];
  const result = spawnSync(command, args, { encoding: 'utf8', shell: process.platform === 'win32' });
  const tarball = readdirSync(scratch).find((name) => name.endsWith('.tgz'));
  if (result.status === 0 && tarball) return join(scratch, tarball);
  throw new Error(`pnpm pack failed\n${result.stdout}${result.stderr}`, { cause: result.error });
}

/** Problems with the contents of the tarball. */
function contentFaults(tarball) {
  execFileSync('tar', ['-xzf', tarball, '-C', scratch]);
  const unpacked = join(scratch, 'package');
  const text = readFileSync(join(unpacked, 'package.json'), 'utf8');
  const manifest = JSON.parse(text);
  const faults = [];
  for (const file of ['README.md', 'LICENSE']) if (!existsSync(join(unpacked, file))) faults.push(`${file} is missing`);
  for (const field of ['description', 'license', 'engines', 'exports', 'version']) {
    if (!manifest[field]) faults.push(`package.json has no "${field}"`);
  }
  if (manifest.exports && JSON.stringify(manifest.exports).includes('@balanced-rec/source')) {
    faults.push('"exports" refers to the sources, which are not published');
  }
  if (text.includes('workspace:')) faults.push('package.json has a "workspace:" version');
  for (const target of Object.values(manifest.bin ?? {})) {
    if (!readFileSync(join(unpacked, target), 'utf8').startsWith('#!/usr/bin/env node')) {
      faults.push(`the command ${target} does not start with #!/usr/bin/env node`);
    }
  }
  return faults;
}

/** Problems found by publint and are-the-types-wrong. The packages are ES modules only. */
function toolFaults(tarball) {
  const checks = [
    ['publint', 'publint', ['run', tarball, '--strict']],
    ['@arethetypeswrong/cli', 'attw', [tarball, '--profile', 'esm-only', '--no-definitely-typed', '--no-emoji']],
  ];
  return checks.flatMap(([from, name, args]) => {
    const result = spawnSync(process.execPath, [binOf(from, name), ...args], { encoding: 'utf8' });
    return result.status === 0 ? [] : [`${name} reports problems:\n${result.stdout}${result.stderr}`];
  });
}

function binOf(packageOfTool, name) {
  const folder = join(root, 'node_modules', packageOfTool);
  const { bin } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  return join(folder, typeof bin === 'string' ? bin : bin[name]);
}
