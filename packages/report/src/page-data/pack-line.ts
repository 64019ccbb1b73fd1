import { NO_VALUE, type PackedLine } from './page-data.js';

/** See {@link PackedLine}. */
export function packLine(values: readonly (number | undefined)[]): PackedLine {
  const finite = values.filter((value) => value !== undefined && Number.isFinite(value)) as number[];
  const low = finite.reduce((a, b) => Math.min(a, b), finite[0] ?? 0);
  const high = finite.reduce((a, b) => Math.max(a, b), finite[0] ?? 0);
  const scale = high > low ? (NO_VALUE - 1) / (high - low) : 0;
  const bytes = Buffer.alloc(2 * values.length);
  values.forEach((value, at) => {
    const step = value !== undefined && Number.isFinite(value) ? Math.round((value - low) * scale) : NO_VALUE;
    bytes.writeUInt16LE(step, 2 * at);
  });
  return { low, high, steps: bytes.toString('base64') };
}
