const LONGEST = 80;

/** `countOf(1, 'user')` is "1 user"; `countOf(12345, 'user')` is "12,345 users". */
export function countOf(count: number, noun: string, plural = `${noun}s`): string {
  return `${count.toLocaleString('en-US')} ${count === 1 ? noun : plural}`;
}

/** Quotes offending text for an error message: on one line, with tabs and control characters visible, truncated if long. */
export function quote(text: string): string {
  const shown = text.trim();
  return shown.length <= LONGEST ? JSON.stringify(shown) : `${JSON.stringify(shown.slice(0, LONGEST))}…`;
}
