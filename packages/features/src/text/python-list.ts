/** More entries than any description has. The limit keeps a broken value from becoming millions of strings. */
const MOST_ENTRIES = 100_000;

const escapes: Readonly<Record<string, string>> = { n: '\n', t: '\t', r: '\r', "'": "'", '"': '"', '\\': '\\' };

/**
 * Parses the strings of a Python list written as text, such as `['One.', "Two's"]`, which is common in public tables.
 *
 * @returns undefined if the text is anything else
 */
export function pythonList(text: string): string[] | undefined {
  const list = text.trim();
  if (!list.startsWith('[') || !list.endsWith(']')) return undefined;
  const entries: string[] = [];
  let at = skipSpace(list, 1);
  while (at < list.length - 1) {
    const entry = pythonString(list, at);
    if (entry === undefined || entries.length === MOST_ENTRIES) return undefined;
    entries.push(entry.value);
    at = skipSpace(list, entry.end);
    if (list[at] === ',') at = skipSpace(list, at + 1);
    else if (at !== list.length - 1) return undefined;
  }
  return at === list.length - 1 ? entries : undefined;
}

function pythonString(list: string, start: number): { value: string; end: number } | undefined {
  const mark = list[start];
  if (mark !== "'" && mark !== '"') return undefined;
  const parts: string[] = [];
  let from = start + 1;
  for (let at = from; at < list.length; at++) {
    if (list[at] === mark) {
      parts.push(list.slice(from, at));
      return { value: parts.join(''), end: at + 1 };
    }
    if (list[at] !== '\\') continue;
    parts.push(list.slice(from, at));
    const code = /x[\da-f]{2}|u[\da-f]{4}/iy;
    code.lastIndex = at + 1;
    const match = code.exec(list)?.[0];
    const next = list[at + 1] ?? '';
    parts.push(match ? String.fromCharCode(Number.parseInt(match.slice(1), 16)) : (escapes[next] ?? `\\${next}`));
    at += match?.length ?? 1;
    from = at + 1;
  }
  return undefined;
}

function skipSpace(text: string, start: number): number {
  let at = start;
  while (text[at] === ' ' || text[at] === '\n' || text[at] === '\t' || text[at] === '\r') at++;
  return at;
}
