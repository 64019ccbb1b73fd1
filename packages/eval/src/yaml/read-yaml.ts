import { readFile } from 'node:fs/promises';
import type { ConfigPath } from '@balanced-rec/ckd-core';
import { BalancedRecError } from '@balanced-rec/errors';
import { type Document, isMap, isNode, isScalar, LineCounter, parseDocument, visit, YAMLParseError } from 'yaml';

/** A parsed YAML file, with a way to locate its parts. */
export interface YamlFile {
  readonly value: unknown;
  /** The location of a path in the file, as `file:line (a > b)`. */
  place(path: ConfigPath): string;
}

/**
 * Reads a YAML file.
 *
 * @param about what the file is, used as the prefix of error codes, and what it should contain
 * @throws BalancedRecError `<subject>/missing-file`, `<subject>/malformed-yaml`, with the line
 */
export async function readYaml(
  path: string,
  about: { readonly subject: string; readonly expected: string },
): Promise<YamlFile> {
  const { subject, expected } = about;
  const text = await readFile(path, 'utf8').catch((cause: NodeJS.ErrnoException) => {
    throw new BalancedRecError({
      code: `${subject}/missing-file`,
      message: `the ${subject} file cannot be read`,
      place: path,
      expected,
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
      code: `${subject}/malformed-yaml`,
      message: 'this is not valid YAML',
      place: `${path}:${lines.linePos(fault.pos[0]).line}`,
      expected: 'YAML 1.2',
      found: fault.message.split('\n')[0]!,
      remedy: 'fix the line',
      cause: fault,
    });
  }
  const place = (at: ConfigPath) => {
    const where = `${path}:${lines.linePos(offsetOf(document, at)).line}`;
    return at.length === 0 ? where : `${where} (${at.map(String).join(' > ')})`;
  };
  return { value: document.toJS(), place };
}

/** Why a well-formed document has no value: an alias to nothing, or aliases that multiply endlessly. */
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

/** The offset of the deepest part of the path that exists in the file. */
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
