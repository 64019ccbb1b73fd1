/** A rate in the unit that makes it a number of at least one: `2.5 s/epoch`, or `12 epochs/s`. */
export function formatRate(secondsPerEpoch: number, unit: 'epoch' | 'ep'): string {
  // A clock may not tell two very short epochs apart.
  const seconds = Math.max(secondsPerEpoch, 1e-3);
  if (seconds >= 1) return `${brief(seconds)} s/${unit}`;
  return `${brief(1 / seconds)} ${unit === 'epoch' ? 'epochs' : unit}/s`;
}

function brief(value: number): string {
  return value < 9.95 ? value.toFixed(1) : value.toFixed(0);
}
