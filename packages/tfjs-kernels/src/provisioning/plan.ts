import { cpuFlags } from '../tensorflow-library/cpu-flags.js';
import {
  cachedEngine,
  type EngineManifest,
  type TargetName,
  type TensorFlowEngine,
} from '../tensorflow-library/engine-cache.js';
import { findPackage, type TensorFlowPackage } from '../tensorflow-library/tensorflow-package.js';
import { type BuildTarget, buildTargets } from './build-targets.js';
import { type PinnedWheel, pinnedWheels } from './pinned-wheels.js';

/** What has to be done to bring a cached engine up to date. */
export type ProvisioningPlan =
  /** Nothing to do. */
  | { readonly kind: 'current' }
  /** The libraries are the pinned ones, but some addons are missing, or were compiled from different sources or for another CPU. */
  | { readonly kind: 'compile'; readonly targets: readonly BuildTarget[]; readonly drop: readonly TargetName[] }
  /** The libraries themselves are missing or differ. */
  | { readonly kind: 'everything' };

interface Wanted {
  readonly wheels: readonly PinnedWheel[];
  readonly targets: readonly BuildTarget[];
  readonly cpuFlags: readonly string[];
}

/** Whether the cache has an engine, and whether it matches what this version would build for the installed package. */
export function engineState(engine: TensorFlowEngine): 'missing' | 'stale' | 'current' {
  if (cachedEngine(engine) === undefined) return 'missing';
  return planFor(engine, findPackage(engine)).kind === 'current' ? 'current' : 'stale';
}

/** What has to be done to bring an engine to what this version would build for its package. */
export function planFor(engine: TensorFlowEngine, found: TensorFlowPackage): ProvisioningPlan {
  const wanted = { wheels: pinnedWheels[engine], targets: buildTargets(found), cpuFlags: cpuFlags() };
  return planProvisioning(cachedEngine(engine)?.manifest, wanted);
}

/** Compares what the cache has with what this version needs. */
export function planProvisioning(
  cached: EngineManifest | undefined,
  { wheels, targets, cpuFlags }: Wanted,
): ProvisioningPlan {
  const has = new Set(cached?.wheels.map(({ sha256 }) => sha256));
  if (cached === undefined || !wheels.every(({ sha256 }) => has.has(sha256))) return { kind: 'everything' };
  const sameCpu = cached.cpu.flags.every((flag) => cpuFlags.includes(flag));
  const stale = targets.filter(
    ({ name, hash }) => cached.targets[name]?.sources !== hash || (name === 'balanced_rec_kernels' && !sameCpu),
  );
  const wanted = new Set(targets.map(({ name }) => name));
  const drop = (Object.keys(cached.targets) as TargetName[]).filter((name) => !wanted.has(name));
  return stale.length + drop.length === 0 ? { kind: 'current' } : { kind: 'compile', targets: stale, drop };
}
