import { readFileSync } from 'node:fs';

/** What an install may bring along. */
export interface InstallCeiling {
  readonly install: readonly string[];
  /** Exactly these of ours, without the scope where they have one. */
  readonly ours: readonly string[];
  readonly packages: number;
  readonly megabytes: number;
  readonly why: string;
}

/** What a bundle of one small export may weigh, minified, for browsers. */
export interface BundleCeiling {
  readonly name: string;
  readonly code: string;
  readonly kilobytes: number;
  /** Kilobytes of our packages among them. */
  readonly ours: number;
  readonly why: string;
}

export const ceilings = JSON.parse(readFileSync(new URL('../ceilings.json', import.meta.url), 'utf8')) as {
  readonly installs: readonly InstallCeiling[];
  readonly bundles: readonly BundleCeiling[];
};
