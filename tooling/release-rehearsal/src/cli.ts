import { mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Checks } from './checks.js';
import { type LocalRegistry, startRegistry } from './local-registry.js';
import { configuredRegistry, npmEnvironment } from './npm-environment.js';
import { publishPackages } from './publish.js';
import { rehearse } from './rehearse.js';
import { requireBuilt } from './repository.js';
import { recordGuide } from './walk-guide.js';

const usage = `usage: pnpm rehearse             publishes to a local registry and checks what users get; run pnpm build first
       pnpm rehearse --record    publishes in the same way, then updates the outputs and times in docs/guide.md
`;
const [option, ...rest] = process.argv.slice(2);
if ((option !== undefined && option !== '--record') || rest.length > 0) {
  process.stderr.write(usage);
  process.exit(2);
}

requireBuilt();
const scratch = realpathSync(mkdtempSync(join(tmpdir(), 'release-rehearsal-')));
const removeScratch = () => rmSync(scratch, { recursive: true, force: true });
for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.once(signal, () => {
    removeScratch();
    process.exit(1);
  });
}

const checks = new Checks();
let registry: LocalRegistry | undefined;
try {
  registry = await startRegistry(join(scratch, 'registry'), configuredRegistry());
  const env = npmEnvironment(registry.url, scratch);
  const published = await publishPackages(checks, join(scratch, 'checkout'), env);
  if (published && option === '--record') await recordGuide(join(scratch, 'guide'), env);
  else if (published) await rehearse(checks, scratch, env);
} finally {
  await registry?.stop();
  removeScratch();
}
process.exitCode = checks.failed > 0 ? 1 : 0;
console.log(checks.summary);
