import type { Mark } from '../page-data/page-data.js';

const SVG = 'http://www.w3.org/2000/svg';

/** A piece of a line as it looks in the charts. */
export function lineKey({ slot, dash }: Mark): SVGElement {
  const svg = document.createElementNS(SVG, 'svg');
  const line = document.createElementNS(SVG, 'line');
  const place = { x1: '1', x2: '25', y1: '5', y2: '5', stroke: `var(--s${slot})`, 'stroke-width': '2.25' };
  for (const [name, value] of Object.entries({ ...place, 'stroke-dasharray': dash || 'none' }))
    line.setAttribute(name, value);
  for (const [name, value] of Object.entries({ class: 'line-key', width: '26', height: '10', 'aria-hidden': 'true' }))
    svg.setAttribute(name, value);
  svg.append(line);
  return svg;
}
