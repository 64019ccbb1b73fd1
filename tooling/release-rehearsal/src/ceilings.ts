import { readFileSync } from 'node:fs';

/** Limits for an install. */
export interface InstallCeiling {
  readonly install: readonly string[];
  /** Exactly which of our packages it must install, without their scope. */
  readonly ours: readonly string[];
  readonly packages: number;
  readonly megabytes: number;
  readonly why: string;
}

/** Limits for the minified size of one small export bundled for browsers. */
export interface BundleCeiling {
  readonly name: string;
  readonly code: string;
  readonly kilobytes: number;
  /** The limit for the kilobytes from our packages. */
  readonly ours: number;
  readonly why: string;
}

export const ceilings = JSON.parse(readFileSync(new URL('../ceilings.json', import.meta.url), 'utf8')) as {
  readonly installs: readonly InstallCeiling[];
  readonly bundles: readonly BundleCeiling[];
};
