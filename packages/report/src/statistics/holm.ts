/**
 * P values adjusted by Holm's step-down method (1979), in the order given: with p(1) <= ... <= p(m), the adjusted p(i) is the largest
 * of (m - j + 1) p(j) over j <= i, at most 1. Rejecting what is below a level keeps the chance of any false rejection in the
 * family below that level, whatever depends on what.
 */
export function holmAdjusted(ps: readonly number[]): number[] {
  const adjusted = new Array<number>(ps.length);
  const ascending = [...ps.keys()].sort((a, b) => ps[a]! - ps[b]!);
  let largest = 0;
  for (const [step, at] of ascending.entries()) {
    largest = Math.min(1, Math.max(largest, (ps.length - step) * ps[at]!));
    adjusted[at] = largest;
  }
  return adjusted;
}
