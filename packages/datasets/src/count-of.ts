/** `countOf(1, 'user')` is "1 user"; `countOf(12345, 'user')` is "12,345 users". */
export function countOf(count: number, noun: string, plural = `${noun}s`): string {
  return `${count.toLocaleString('en-US')} ${count === 1 ? noun : plural}`;
}
