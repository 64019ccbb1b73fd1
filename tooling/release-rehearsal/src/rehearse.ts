import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { checkBundles, checkTrainingBundle } from './check-bundles.js';
import { checkInstalls } from './check-installs.js';
import { checkNpx } from './check-npx.js';
import type { Checks } from './checks.js';
import { checkConsumerProject, consumerProjects } from './consumer-projects.js';
import { checkBackboneProject, createBackboneProject } from './outside-backbones.js';
import { walkGuide } from './walk-guide.js';

/** Does everything that users do with the published packages, in empty folders inside `scratch`. */
export async function rehearse(checks: Checks, scratch: string, env: NodeJS.ProcessEnv): Promise<void> {
  const [oneBackbone] = await checkInstalls(checks, scratch, env);
  await checkNpx(checks, join(scratch, 'npx'), env);
  await checkBundles(checks, oneBackbone!, env);

  const projects = join(scratch, 'projects');
  mkdirSync(projects);
  for (const name of consumerProjects()) await checkConsumerProject(checks, name, join(projects, name), env);
  await checkTrainingBundle(checks, join(projects, 'install-one-javascript/recommend.js'), env);

  const created = await createBackboneProject(checks, projects, env);
  await checkBackboneProject(checks, 'two-towers', created, env);
  await checkBackboneProject(checks, 'lightgcn-features', join(projects, 'lightgcn-features'), env);

  await walkGuide(checks, join(scratch, 'guide'), env);
}
