// Backbones outside the repository, as anybody has them: the packages are packed, installed from their tarballs into empty
// folders, and there a project that create-backbone makes, and the guide's example, build, pass the test kit on wasm and train.
// Needs the packages built. The last line is "N passed, M failed".
import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pnpm, root } from './steps.mjs';

const scratch = mkdtempSync(join(tmpdir(), 'outside-backbones-'));
const counts = { passed: 0, failed: 0 };
try {
  const tarballs = packAll();
  const tools = join(scratch, 'tools');
  writeManifest(
    tools,
    { name: 'tools', private: true, dependencies: { '@balanced-rec/create-backbone': '' } },
    tarballs,
  );
  check('create-backbone installs', tools, 'npm', 'install');
  check('create-backbone makes a project', tools, 'npx', 'create-backbone', '@outside/two-towers');
  const example = join(scratch, 'lightgcn-features');
  const notCopied = /node_modules|dist/;
  cpSync(join(root, 'examples/lightgcn-features'), example, {
    recursive: true,
    filter: (path) => !notCopied.test(path.slice(root.length)),
  });
  for (const [backbone, folder] of Object.entries({
    'two-towers': join(tools, 'two-towers'),
    'lightgcn-features': example,
  })) {
    writeManifest(folder, JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')), tarballs);
    check(`${backbone} installs`, folder, 'npm', 'install');
    check(`${backbone} has no fault of types`, folder, 'npm', 'run', 'test:types');
    check(`${backbone} builds`, folder, 'npm', 'run', 'build');
    check(`${backbone} passes the test kit`, folder, 'npm', 'test', '--', '-t', 'on wasm');
    const data = join(root, 'examples/data/planted');
    const options = ['--package', './dist/index.js', '--engine', 'wasm', '--max-epochs', '3', '--out', 'out'];
    check(`${backbone} trains`, folder, 'npx', 'balanced-rec', 'train', data, '--backbone', backbone, ...options);
  }
} catch (error) {
  console.error(error.message);
  counts.failed += 1;
} finally {
  rmSync(scratch, { recursive: true, force: true });
}
process.exitCode = counts.failed > 0 ? 1 : 0;
console.log(`${counts.passed} passed, ${counts.failed} failed`);

/** The packages' tarballs by name, as pnpm would publish them. */
function packAll() {
  const folder = join(scratch, 'tarballs');
  mkdirSync(folder);
  const tarballs = {};
  for (const name of readdirSync(join(root, 'packages'))) {
    const before = new Set(readdirSync(folder));
    runIn(join(root, 'packages', name), ...pnpm, 'pack', '--pack-destination', folder);
    const tarball = readdirSync(folder).find((file) => !before.has(file));
    tarballs[`@balanced-rec/${name}`] = `file:${join(folder, tarball)}`;
  }
  return tarballs;
}

/** The manifest with tarballs in the place of what the registry would have, for what it needs and for what that needs. */
function writeManifest(folder, manifest, tarballs) {
  const dependencies = { ...manifest.dependencies };
  const devDependencies = { ...manifest.devDependencies };
  const overrides = { ...tarballs };
  for (const direct of [dependencies, devDependencies]) {
    for (const name of Object.keys(direct).filter((name) => tarballs[name])) {
      direct[name] = tarballs[name];
      overrides[name] = `$${name}`;
    }
  }
  mkdirSync(folder, { recursive: true });
  writeFileSync(
    join(folder, 'package.json'),
    JSON.stringify({ ...manifest, dependencies, devDependencies, overrides }),
  );
}

function check(what, folder, ...command) {
  const start = performance.now();
  runIn(folder, ...command);
  counts.passed += 1;
  console.log(`${what}: ok, ${((performance.now() - start) / 1000).toFixed(0)} s`);
}

/** Runs a command; what it says is shown where it fails, which ends everything. */
function runIn(folder, command, ...args) {
  // A pnpm that started this must not lend its settings to npm.
  const env = Object.fromEntries(Object.entries(process.env).filter(([key]) => !/^npm_config_(?!registry)/i.test(key)));
  const result = spawnSync(command, args, { cwd: folder, encoding: 'utf8', env, shell: process.platform === 'win32' });
  if (result.status === 0) return;
  throw new Error(`FAILED: ${command} ${args.join(' ')}\n${result.stdout}${result.stderr}${result.error ?? ''}`);
}
