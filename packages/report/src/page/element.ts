import type { Mark } from '../page-data/page-data.js';

/** Makes an element with a class and content. */
export function element<K extends keyof HTMLElementTagNameMap>(
  name: K,
  className = '',
  ...content: (Node | string)[]
): HTMLElementTagNameMap[K] {
  const made = document.createElement(name);
  if (className !== '') made.className = className;
  made.append(...content);
  return made;
}

const SVG = 'http://www.w3.org/2000/svg';

/** Makes a piece of a line as it looks in the charts. */
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
