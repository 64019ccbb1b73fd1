const LONGEST = 80;

/** Offending text for an error message: on one line, with tabs and control characters visible, cut where long. */
export function quote(text: string): string {
  const shown = text.trim();
  return shown.length <= LONGEST ? JSON.stringify(shown) : `${JSON.stringify(shown.slice(0, LONGEST))}…`;
}
