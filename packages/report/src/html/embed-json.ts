/** JSON for a script element: without `<`, so that no text in it can end the element or open a comment. */
export function embedJson(value: unknown): string {
  return JSON.stringify(value).replaceAll('<', '\\u003c');
}
