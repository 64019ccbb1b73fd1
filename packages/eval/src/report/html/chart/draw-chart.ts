import type { Point } from '../page-data.js';
import type { ChartKit, ChartSpec } from './chart-kit.js';

/** A chart as SVG. Colours come from the page's style through the classes s0, s1 and so on, so that they follow its scheme. */
export function drawChart(kit: ChartKit, spec: ChartSpec, width: number, height: number): string {
  const frame = kit.chartFrame(kit, spec, width, height);
  const { left, right, top, bottom } = frame;
  const round = (value: number) => Math.round(value * 10) / 10;
  const toX = (x: number) => round(left + ((x - frame.x[0]) / (frame.x[1] - frame.x[0])) * (right - left));
  const toY = (y: number) => round(bottom - ((y - frame.y[0]) / (frame.y[1] - frame.y[0])) * (bottom - top));
  const path = (points: readonly Point[]) =>
    points.map(([x, y], at) => `${at ? 'L' : 'M'}${toX(x)} ${toY(y)}`).join('');
  const parts: string[] = [];

  // Bands overlap; the narrowest lies on top, on a blank of its own, so that their colours do not mix.
  const mass = (line: readonly Point[], level: number) =>
    line.reduce((sum, [, y]) => sum + Math.abs(level - y), 0) / line.length;
  const bands = [...spec.bands].sort((a, b) => mass(b.line, b.level) - mass(a.line, a.level));
  for (const { slot, line, level } of bands) {
    const first = line[0];
    const last = line[line.length - 1];
    if (!first || !last) continue;
    const back = `L${toX(last[0])} ${toY(level)}L${toX(first[0])} ${toY(level)}Z`;
    const area = `${path(line)}${back}`;
    parts.push(`<path class="blank" d="${area}"/><path class="band s${slot}" d="${area}"/>`);
  }
  for (const y of frame.yTicks.values) {
    const at = toY(y);
    parts.push(`<line class="grid" x1="${round(left)}" x2="${round(right)}" y1="${at}" y2="${at}"/>`);
    parts.push(
      `<text class="tick" x="${round(left - 7)}" y="${at + 3.8}" text-anchor="end">${y.toFixed(frame.yTicks.decimals)}</text>`,
    );
  }
  for (const x of frame.xTicks.values) {
    const at = toX(x);
    parts.push(`<line class="axis" x1="${at}" x2="${at}" y1="${bottom}" y2="${bottom + 4}"/>`);
    parts.push(`<text class="tick" x="${at}" y="${bottom + 17}" text-anchor="middle">${x}</text>`);
  }
  parts.push(`<line class="axis" x1="${round(left)}" x2="${round(right)}" y1="${bottom}" y2="${bottom}"/>`);
  parts.push(`<text class="title" x="2" y="13">${kit.escapeText(spec.yLabel)}</text>`);
  parts.push(
    `<text class="title" x="${round((left + right) / 2)}" y="${height - 4}" text-anchor="middle">${kit.escapeText(spec.xLabel)}</text>`,
  );

  for (const { slot, runs } of spec.lines) {
    for (const run of runs) parts.push(`<path class="run s${slot}" d="${path(run)}"/>`);
  }
  for (const { y, slot } of spec.references) {
    parts.push(
      `<line class="reference s${slot}" x1="${round(left)}" x2="${round(right)}" y1="${toY(y)}" y2="${toY(y)}"/>`,
    );
  }
  for (const { slot, dash, mean } of spec.lines) {
    const dashes = dash === '' ? '' : ` stroke-dasharray="${dash}"`;
    if (mean.length === 1)
      parts.push(`<circle class="dot s${slot}" cx="${toX(mean[0]![0])}" cy="${toY(mean[0]![1])}" r="2.5"/>`);
    else parts.push(`<path class="mean s${slot}" d="${path(mean)}"${dashes}/>`);
  }
  const radius = spec.lines.length > 5 ? 3 : 4;
  for (const { slot, marks } of spec.lines) {
    for (const [x, y] of marks)
      parts.push(`<circle class="best s${slot}" cx="${toX(x)}" cy="${toY(y)}" r="${radius}"/>`);
  }
  for (const { y, label } of spec.references) {
    parts.push(
      `<text class="note" x="${round(right - 4)}" y="${round(toY(y) - 6)}" text-anchor="end">${kit.escapeText(label)}</text>`,
    );
  }
  return `<svg viewBox="0 0 ${width} ${height}" role="img" aria-label="${kit.escapeText(spec.label)}">${parts.join('')}</svg>`;
}
