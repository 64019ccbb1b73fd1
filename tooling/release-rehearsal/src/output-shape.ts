/**
 * The lines of an output without the details that vary between machines and releases: hashes, numbers with their signs,
 * spaces, units of time, and the marks for the best number and for a significant difference.
 */
export function shapeOf(output: string): string[] {
  return output
    .trimEnd()
    .split('\n')
    .map((line) =>
      line
        .replaceAll(/\b(?=[0-9a-f]*\d)[0-9a-f]{12,}\b/g, '#')
        .replaceAll(/[\\*]/g, '')
        .replaceAll(/[-−+]?\d[\d.,]*(?:e[-+]?\d+)?/g, '#')
        .replaceAll(/# ?(?:ms|s|m|h)\b/g, '# s')
        .replaceAll(/\s+/g, ' ')
        .replaceAll(/-{2,}/g, '--')
        .trim(),
    );
}

/** @throws Error showing the first line whose shape differs */
export function requireSameShape(found: string, expected: string): void {
  const [is, was] = [shapeOf(found), shapeOf(expected)];
  const at = was.findIndex((line, index) => line !== is[index]);
  if (at < 0 && is.length === was.length) return;
  const line = at < 0 ? was.length : at;
  throw new Error(
    `line ${line + 1} of the output has a different shape\n  guide: ${was[line] ?? '(no line)'}\n  now:   ${is[line] ?? '(no line)'}\n${found}`,
  );
}
