/** The blob with the last state of a task that is under way. */
export function stateName(key: string): string {
  return `states/${key}`;
}
