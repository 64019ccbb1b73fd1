import { readFile } from 'node:fs/promises';
import type { ConfigPath } from '@balanced-rec/ckd-core';
import { BalancedRecError } from '@balanced-rec/errors';
import { type Document, isMap, isNode, isScalar, LineCounter, parseDocument, visit, YAMLParseError } from 'yaml';

/** What a YAML file says, with a way to say where in it something stands. */
export interface YamlFile {
  readonly value: unknown;
  /** `file:line (a > b)` of a path of the file. */
  place(path: ConfigPath): string;
}

/**
 * Reads a YAML file.
 *
 * @param about what the file is, which begins the error codes, and what should be in it
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
      remedy: 'mend the line',
      cause: fault,
    });
  }
  const place = (at: ConfigPath) => {
    const where = `${path}:${lines.linePos(offsetOf(document, at)).line}`;
    return at.length === 0 ? where : `${where} (${at.map(String).join(' > ')})`;
  };
  return { value: document.toJS(), place };
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
