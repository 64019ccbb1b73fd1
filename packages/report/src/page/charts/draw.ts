import { type Markish, type PlotOptions, plot } from '@observablehq/plot';

/** Draws marks in the page's manner; the label is what a screen reader says. */
export function draw(label: string, marks: Markish[], { x, y, ...options }: PlotOptions): Element {
  const picture = plot({
    marginTop: 30,
    marginLeft: 58,
    marginRight: 14,
    marginBottom: 40,
    ...options,
    x: { labelAnchor: 'center', labelArrow: 'none', ...x },
    y: { labelArrow: 'none', ...y },
    ariaLabel: label,
    marks,
  });
  picture.setAttribute('role', 'img');
  return picture;
}
