import { basename } from 'node:path';
import { type ConfigPath, type Protocol, parseConfig, protocols } from '@balanced-rec/ckd-core';
import { SELECTION_CUTOFF } from '../evaluation/validate.js';
import type { MetricChoice } from '../metrics/metric-name.js';
import { readYaml } from '../yaml/read-yaml.js';
import { type Comparison, comparisonSchema } from './comparison-schema.js';

/** A parsed comparison file, with a way to locate its parts. */
export interface ComparisonFile {
  readonly path: string;
  readonly comparison: Comparison;
  /** The location of a path in the file, as `file:line (a > b)`. */
  place(path: ConfigPath): string;
}

/**
 * Reads a comparison from YAML.
 * @throws BalancedRecError `comparison/missing-file`, `comparison/malformed-yaml`, `config/invalid`, with the line and the nearest valid key
 */
export async function readComparison(path: string): Promise<ComparisonFile> {
  const { value, place } = await readYaml(path, {
    subject: 'comparison',
    expected: 'a YAML file with datasets and backbones',
  });
  return { path, comparison: parseConfig(comparisonSchema, writeOut(value), place), place };
}

/** The protocol of a comparison, with the file's overrides. */
export function protocolOf({ comparison: { protocol } }: ComparisonFile): Protocol {
  const overrides = Object.fromEntries(Object.entries(protocol).filter(([, value]) => value !== undefined));
  return { ...protocols[protocol.name], ...overrides };
}

/** The metrics that the file asks for, plus the one that model selection needs. */
export function measuredBy({ comparison: { metrics, cutoffs } }: ComparisonFile): MetricChoice {
  return {
    metrics: [...new Set([...metrics, 'recall' as const])],
    cutoffs: [...new Set([...cutoffs, SELECTION_CUTOFF])].sort((a, b) => a - b),
  };
}

/** Expands shorthands: a name means `{ name }`, and a dataset's name defaults to its folder's. */
function writeOut(input: unknown): unknown {
  if (input === null || typeof input !== 'object' || Array.isArray(input)) return input ?? {};
  const { datasets, backbones, variants, protocol, ...rest } = input as Record<string, unknown>;
  const named = (entry: unknown) => (typeof entry === 'string' ? { name: entry } : entry);
  const dataset = (entry: unknown) => {
    const full = typeof entry === 'string' ? { path: entry } : entry;
    const path = (full as { path?: unknown } | null)?.path;
    return typeof path === 'string' ? { name: basename(path), ...(full as object) } : full;
  };
  const each = (entries: unknown, write: (entry: unknown) => unknown) =>
    Array.isArray(entries) ? entries.map(write) : entries;
  const backbone = (entry: unknown) => {
    const full = named(entry);
    const own = (full as { variants?: unknown } | null)?.variants;
    return own === undefined ? full : { ...(full as object), variants: each(own, named) };
  };
  return {
    ...rest,
    ...(datasets === undefined ? {} : { datasets: each(datasets, dataset) }),
    ...(backbones === undefined ? {} : { backbones: each(backbones, backbone) }),
    ...(variants === undefined ? {} : { variants: each(variants, named) }),
    ...(protocol === undefined ? {} : { protocol: named(protocol) }),
  };
}
