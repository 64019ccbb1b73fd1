import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { type ConfigPath, parseConfig } from '@balanced-rec/ckd-core';
import { BalancedRecError } from '@balanced-rec/errors';
import { type Document, isMap, isNode, isScalar, LineCounter, parseDocument, visit, YAMLParseError } from 'yaml';
import { type Comparison, comparisonSchema } from './comparison-schema.js';

/** A comparison file that has been read, with a way to say where in it something stands. */
export interface ComparisonFile {
  readonly path: string;
  readonly comparison: Comparison;
  /** `file:line (a > b)` of a path of the file. */
  place(path: ConfigPath): string;
}

/**
 * Reads a comparison from YAML.
 * @throws BalancedRecError `comparison/missing-file`, `comparison/malformed-yaml`, `config/invalid`, with the line and the nearest valid key
 */
export async function readComparison(path: string): Promise<ComparisonFile> {
  const text = await readFile(path, 'utf8').catch((cause: NodeJS.ErrnoException) => {
    throw new BalancedRecError({
      code: 'comparison/missing-file',
      message: 'the comparison file cannot be read',
      place: path,
      expected: 'a YAML file with datasets and backbones',
      found: cause.code ?? String(cause),
      remedy: 'check the path',
      cause,
    });
  });
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines });
  const fault = document.errors[0] ?? unresolvable(document);
  if (fault) {
    throw new BalancedRecError({
      code: 'comparison/malformed-yaml',
      message: 'this is not valid YAML',
      place: `${path}:${lines.linePos(fault.pos[0]).line}`,
      expected: 'YAML 1.2',
      found: fault.message.split('\n')[0]!,
      remedy: 'mend the line',
      cause: fault,
    });
  }
  const place = (at: ConfigPath) => {
    const where = `${path}:${lines.linePos(offsetOf(document, at)).line}`;
    return at.length === 0 ? where : `${where} (${at.map(String).join(' > ')})`;
  };
  return { path, comparison: parseConfig(comparisonSchema, writeOut(document.toJS()), place), place };
}

/** What keeps a well-formed document from having a value: an alias to nothing, or aliases that multiply without end. */
function unresolvable(document: Document): YAMLParseError | undefined {
  try {
    document.toJS();
    return undefined;
  } catch (error) {
    let at = 0;
    visit(document, {
      Alias: (_, alias) => {
        if (alias.resolve(document)) return undefined;
        at = alias.range?.[0] ?? 0;
        return visit.BREAK;
      },
    });
    return new YAMLParseError([at, at], 'BAD_ALIAS', (error as Error).message);
  }
}

/** Shorthands, written out: a name for `{ name }`, and a dataset's folder as its name. */
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

/** Where the deepest part of the path that the file has begins. */
function offsetOf(document: Document, path: ConfigPath): number {
  for (let depth = path.length; depth > 0; depth--) {
    const parent = depth === 1 ? document.contents : document.getIn(path.slice(0, depth - 1), true);
    const key = path[depth - 1];
    if (isMap(parent)) {
      const pair = parent.items.find((item) => isScalar(item.key) && item.key.value === key);
      if (isNode(pair?.key) && pair.key.range) return pair.key.range[0];
    }
    const node = document.getIn(path.slice(0, depth), true);
    if (isNode(node) && node.range) return node.range[0];
  }
  return document.contents?.range?.[0] ?? 0;
}
