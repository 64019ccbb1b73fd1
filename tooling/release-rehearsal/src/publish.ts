import { cpSync, existsSync, mkdirSync, readFileSync, symlinkSync } from 'node:fs';
import { basename, join } from 'node:path';
import type { Checks } from './checks.js';
import { packageFolders, readManifest, root } from './repository.js';
import { runProgram } from './run-program.js';

/** The paths a release is made from. Examples outside the workspace are not part of it. */
const released = [
  '.changeset',
  'packages',
  'tooling',
  'examples/library',
  'package.json',
  'pnpm-workspace.yaml',
  'pnpm-lock.yaml',
  'LICENSE',
];
const left = new Set(['.tmp', '.turbo']);

/** Does what `pnpm version-packages` and `pnpm release` do, in a copy of the checkout and without building again. */
export async function publishPackages(checks: Checks, copy: string, env: NodeJS.ProcessEnv): Promise<boolean> {
  const changeset = (...args: string[]) => {
    const { packageManager } = readManifest(root);
    return runProgram({ command: ['npx', '--yes', packageManager!, 'exec', 'changeset', ...args], cwd: copy, env });
  };
  const before = checks.failed;
  await checks.inTurn({
    'the checkout is copied': () => copyCheckout(copy, env),
    'changeset version gives all packages the same version and a changelog': async () => {
      await changeset('version');
      return oneVersion(copy);
    },
    'changeset publish': async () => {
      await changeset('publish');
    },
    'the registry has every package at that version': async () => {
      for (const folder of packageFolders(copy)) await requirePublished(folder, env);
    },
  });
  return checks.failed === before;
}

/** Symlinks between packages stay inside the copy, so that pnpm reads the new versions. All others point back to the checkout. */
async function copyCheckout(copy: string, env: NodeJS.ProcessEnv): Promise<void> {
  mkdirSync(copy, { recursive: true });
  for (const path of released) {
    cpSync(join(root, path), join(copy, path), {
      recursive: true,
      verbatimSymlinks: true,
      filter: (source) => !left.has(basename(source)),
    });
  }
  symlinkSync(join(root, 'node_modules'), join(copy, 'node_modules'), 'dir');
  // A separate git repository: changesets looks up the commits that added the changesets, and publishing creates tags.
  const git = (...args: string[]) => runProgram({ command: ['git', ...args], cwd: copy, env: { ...env, ...identity } });
  await git('init', '--quiet', '--initial-branch=main');
  await git('add', '--all', '.changeset', 'package.json', 'packages/*/package.json');
  await git('commit', '--quiet', '--message', 'Before the release');
}

const identity = {
  GIT_AUTHOR_NAME: 'rehearsal',
  GIT_AUTHOR_EMAIL: 'rehearsal@localhost',
  GIT_COMMITTER_NAME: 'rehearsal',
  GIT_COMMITTER_EMAIL: 'rehearsal@localhost',
  GIT_CONFIG_GLOBAL: '/dev/null',
};

function oneVersion(copy: string): string {
  const versions = new Set(packageFolders(copy).map((folder) => readManifest(folder).version));
  if (versions.size !== 1) throw new Error(`versions: ${[...versions].join(', ')}`);
  const [version] = versions as Set<string>;
  for (const folder of packageFolders(copy)) {
    const path = join(folder, 'CHANGELOG.md');
    if (!existsSync(path) || !readFileSync(path, 'utf8').includes(`\n## ${version}\n`))
      throw new Error(`no entry for ${version} in ${path}`);
  }
  return version!;
}

/** @throws Error if the version is missing from the registry, or contains something that is only valid in the workspace */
async function requirePublished(folder: string, env: NodeJS.ProcessEnv): Promise<void> {
  const { name, version } = readManifest(folder);
  const answer = await fetch(new URL(name.replace('/', '%2f'), env.npm_config_registry));
  const { versions = {} } = (await answer.json()) as { versions?: Record<string, unknown> };
  const published = JSON.stringify(versions[version]);
  if (published === undefined) throw new Error(`${name} ${version} is missing from the registry`);
  for (const inside of ['workspace:', '@balanced-rec/source', '"^0.0.0"'])
    if (published.includes(inside)) throw new Error(`${name} ${version} was published with ${inside}`);
}
