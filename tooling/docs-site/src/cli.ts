import { cpSync, rmSync } from 'node:fs';
import { build, createServer } from 'vitepress';
import { buildApi } from './build-api.js';
import { copyLinkedFiles } from './linked-files.js';
import { root, site } from './root.js';

/** `dev` serves the site and reloads changed pages; `build` writes it to `dist`. Both generate the API pages first. */
const [command] = process.argv.slice(2);
rmSync(`${site}/generated`, { recursive: true, force: true });
await buildApi();
copyLinkedFiles(`${site}/generated/public`);
cpSync(`${root}/docs/images`, `${site}/generated/public/images`, { recursive: true });
if (command === 'build') await build(site);
else {
  const server = await createServer(site, { port: 5173 });
  await server.listen();
  server.printUrls();
}
